-- A mutual-help meeting is on the schedule and nowhere else: no fact says that it was planned, cancelled or held.

ALTER TABLE sessions ADD COLUMN called_off_at timestamptz CHECK (called_off_at IS NULL OR kind = 'mutual_help');
GRANT UPDATE (called_off_at) ON sessions TO vesper_app;
