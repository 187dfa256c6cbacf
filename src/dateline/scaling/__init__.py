"""Many reports at once: several processes on one machine."""
