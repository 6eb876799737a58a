"""Statements about several rows that are built once and sent with the rows' ids: building takes longer."""

from sqlalchemy import BindParameter, bindparam

IDS: BindParameter[int] = bindparam("ids", expanding=True)
"""Stands for the ids; given at each execution as `{"ids": [...]}`."""
