"""The practice Canvas: a small LMS that speaks Canvas' REST API, OAuth2 and LTI over HTTP.

It is the other side of Attain's conversation. Contract tests and the demo run against the same
program. All of its state lives in memory, and it imports nothing of the rooms that it tests.
"""
