-- Whose a session is and what he may are read at each request, by one statement of the role that finds institutions. Codes only: no name, no address.
GRANT SELECT (body, department, agency_id) ON staff TO kurator_system;
GRANT SELECT (id, institution_id, code) ON agencies TO kurator_system;
CREATE POLICY across_institutions ON agencies FOR SELECT TO kurator_system USING (true);
