-- Six roles. An auditor's ends at a stated time.

ALTER TABLE staff_roles
    DROP CONSTRAINT staff_roles_role_check,
    ADD CHECK (role IN ('administrator', 'supervisor', 'facilitator', 'prescriber', 'biller', 'auditor')),
    ADD COLUMN until timestamptz,
    ADD CHECK ((role = 'auditor') = (until IS NOT NULL));
