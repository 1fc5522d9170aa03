-- +goose Up

-- One day ends a ROS: the earlier of the two that it had.
UPDATE risk_assessment SET valid_to = next_review_on WHERE next_review_on <> '' AND next_review_on < valid_to;
ALTER TABLE risk_assessment DROP COLUMN next_review_on;

-- Who took a ROS back, and who sent an LD back to draft.
ALTER TABLE risk_assessment ADD COLUMN withdrawn_by TEXT NOT NULL DEFAULT ''; -- name
ALTER TABLE risk_assessment ADD COLUMN withdrawn_on TEXT NOT NULL DEFAULT '';
ALTER TABLE risk_assessment ADD COLUMN withdrawn_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE solution_design ADD COLUMN returned_by TEXT NOT NULL DEFAULT ''; -- name
ALTER TABLE solution_design ADD COLUMN returned_on TEXT NOT NULL DEFAULT '';
ALTER TABLE solution_design ADD COLUMN returned_reason TEXT NOT NULL DEFAULT '';

-- The newer version of an LD that was approved after this one.
ALTER TABLE solution_design ADD COLUMN replaced_by_id TEXT NOT NULL DEFAULT '';
ALTER TABLE solution_design ADD COLUMN replaced_by_version BIGINT NOT NULL DEFAULT 0;
UPDATE solution_design SET replaced_by_id = id, replaced_by_version = (SELECT MAX(n.version) FROM solution_design n
    WHERE n.id = solution_design.id AND n.state = 'approved')
WHERE state = 'approved' AND EXISTS (SELECT 1 FROM solution_design n
    WHERE n.id = solution_design.id AND n.state = 'approved' AND n.version > solution_design.version);
