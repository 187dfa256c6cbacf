"""Run by Alembic: the migrations take part in the transaction of the connection that they are given."""

from alembic import context

from dateline.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
