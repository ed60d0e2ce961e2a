-- An attempt at a provider's sign-in that nobody came back from goes with the sign-in or the invitation that it began at,
-- so that it keeps neither past its time.

ALTER TABLE provider_attempts
    DROP CONSTRAINT provider_attempts_clinic_id_sign_in_id_fkey,
    ADD FOREIGN KEY (clinic_id, sign_in_id) REFERENCES sign_ins (clinic_id, id) ON DELETE CASCADE,
    DROP CONSTRAINT provider_attempts_clinic_id_invitation_id_fkey,
    ADD FOREIGN KEY (clinic_id, invitation_id) REFERENCES staff_invitations (clinic_id, id) ON DELETE CASCADE;
