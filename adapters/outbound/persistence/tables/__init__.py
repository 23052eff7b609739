"""The tables, each prefixed `attain_`: a module for each kind of record, `every` for all.

A module is loaded by who needs its tables; foreign keys name their target as text, so that a
command which only lists sections need not know what a portfolio is made of.
"""
