-- Who overlaps is looked up by time: sessions that were held at the same time are few, those a client ever had are many.
CREATE INDEX session_records_reach ON session_records USING gist (tstzrange(earliest_start, latest_end));
