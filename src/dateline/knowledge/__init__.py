"""What Dateline knows beforehand, as data: lexicons, actors, places, crosswalks, and how they are loaded."""
