-- Connected and credited seconds of every client in every session, written without the core: presence
-- of a connection (step 1), of a person (2), the window (5), the facilitator (6), breaks (7). All in whole seconds.
WITH facts AS NOT MATERIALIZED (
  SELECT session, seq, floor(extract(epoch FROM at))::bigint AS at, type, connection, person, role, cause,
         floor(extract(epoch FROM last_seen))::bigint AS last_seen, floor(extract(epoch FROM until))::bigint AS until
  FROM bench_events
), named AS (
  SELECT DISTINCT ON (session, connection) session, connection, person, role
  FROM facts WHERE type = 'connection.opened' ORDER BY session, connection, at, seq
), acts AS (  -- acts that change something: no second admission, and nothing after the first close
  SELECT session, connection, at, seq, type, cause, last_seen
  FROM (SELECT *, lag(type) OVER one_connection AS before,
               count(*) FILTER (WHERE type = 'connection.closed') OVER (one_connection ROWS UNBOUNDED PRECEDING) AS closes
        FROM facts WHERE type IN ('connection.admitted', 'connection.returned', 'connection.closed')
        WINDOW one_connection AS (PARTITION BY session, connection ORDER BY at, seq)) AS each
  WHERE type IS DISTINCT FROM before AND (closes = 0 OR (closes = 1 AND type = 'connection.closed'))
), seen AS (
  SELECT session, connection, max(at) AS at FROM facts WHERE type = 'connection.seen' GROUP BY session, connection
), evidence AS (  -- of connections that were lost, or never closed
  SELECT session, connection,
         least(coalesce(greatest(max(last_seen), max(seen.at)), max(acts.at) FILTER (WHERE type = 'connection.admitted')),
               max(acts.at) FILTER (WHERE type = 'connection.closed')) AS at
  FROM acts LEFT JOIN seen USING (session, connection)
  GROUP BY session, connection
  HAVING count(*) FILTER (WHERE type = 'connection.closed' AND cause <> 'lost') = 0
), stays AS (
  SELECT session, person, role = 'client' AS is_client, presences.at AS start, least(next_at, evidence.at) AS stop
  FROM (SELECT session, connection, type, at,
               lead(at) OVER (PARTITION BY session, connection ORDER BY at, seq) AS next_at FROM acts) AS presences
  JOIN named USING (session, connection) LEFT JOIN evidence USING (session, connection)
  WHERE type = 'connection.admitted' AND role IN ('client', 'facilitator', 'co_facilitator')
), marked AS (
  SELECT session, is_client, person, start, stop,
         coalesce(start > max(stop) OVER (PARTITION BY session, is_client, person ORDER BY start, stop
                                          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), true) AS begins
  FROM stays WHERE stop > start
), numbered AS (
  SELECT *, count(*) FILTER (WHERE begins) OVER (PARTITION BY session, is_client, person ORDER BY start, stop) AS island
  FROM marked
), present AS (
  SELECT session, is_client, person, min(start) AS start, max(stop) AS stop
  FROM numbered GROUP BY session, is_client, person, island
), taught_marked AS (
  SELECT session, start, stop,
         coalesce(start > max(stop) OVER (PARTITION BY session ORDER BY start, stop
                                          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), true) AS begins
  FROM present WHERE NOT is_client
), taught_numbered AS (
  SELECT *, count(*) FILTER (WHERE begins) OVER (PARTITION BY session ORDER BY start, stop) AS island FROM taught_marked
), taught AS (
  SELECT session, min(start) AS start, max(stop) AS stop FROM taught_numbered GROUP BY session, island
), ended AS (
  SELECT session, min(at) AS at FROM facts WHERE type = 'session.ended' GROUP BY session
), extended AS (
  SELECT DISTINCT ON (session) session, facts.until
  FROM facts LEFT JOIN ended USING (session)
  WHERE type = 'session.extended' AND (ended.at IS NULL OR facts.at < ended.at)
  ORDER BY session, facts.at DESC, seq DESC
), windows AS (
  SELECT session, start, greatest(start, least(coalesce(until, stop), at)) AS stop
  FROM bench_sessions LEFT JOIN extended USING (session) LEFT JOIN ended USING (session)
), break_acts AS (
  SELECT session, type, at, lead(at) OVER one_session AS next_at
  FROM facts WHERE type IN ('break.started', 'break.ended')
  WINDOW one_session AS (PARTITION BY session ORDER BY at, seq)
), breaks AS (
  SELECT session, at AS start, coalesce(next_at, stop) AS stop
  FROM break_acts JOIN windows USING (session) WHERE type = 'break.started'
  UNION ALL
  SELECT session, break_start, break_stop FROM bench_sessions
  WHERE break_start IS NOT NULL AND session NOT IN (SELECT session FROM break_acts WHERE type = 'break.started')
), clipped AS (
  SELECT session, greatest(breaks.start, windows.start) AS start, least(breaks.stop, windows.stop) AS stop
  FROM breaks JOIN windows USING (session)
), taking AS (
  SELECT session, start, stop FROM clipped WHERE stop > start
), gaps AS (
  SELECT session, start, stop FROM taking
  UNION ALL SELECT session, stop, NULL FROM windows
), teaching AS (
  SELECT session, coalesce(lag(gaps.stop) OVER (PARTITION BY session ORDER BY gaps.start), windows.start) AS start,
         gaps.start AS stop
  FROM gaps JOIN windows USING (session)
), served AS (
  SELECT session, greatest(taught.start, teaching.start) AS start, least(taught.stop, teaching.stop) AS stop
  FROM taught JOIN teaching USING (session)
  WHERE taught.start < teaching.stop AND teaching.start < taught.stop
), credited AS (
  SELECT session, person, sum(least(present.stop, served.stop) - greatest(present.start, served.start)) AS seconds
  FROM present JOIN served USING (session)
  WHERE is_client AND present.start < served.stop AND served.start < present.stop
  GROUP BY session, person
), connected AS (
  SELECT session, person, sum(stop - start) AS seconds FROM present WHERE is_client GROUP BY session, person
)
SELECT session, person, connected.seconds::bigint AS connected_s, coalesce(credited.seconds, 0)::bigint AS credited_s
FROM connected LEFT JOIN credited USING (session, person)
