-- +goose Up

-- A ROS and an LD with all that they say. Lists are JSON.
ALTER TABLE risk_assessment ADD COLUMN method TEXT NOT NULL DEFAULT '';
ALTER TABLE risk_assessment ADD COLUMN participants TEXT NOT NULL DEFAULT 'null';
ALTER TABLE risk_assessment ADD COLUMN coverage TEXT NOT NULL DEFAULT '{}';
ALTER TABLE risk_assessment ADD COLUMN scale BIGINT NOT NULL DEFAULT 1;
ALTER TABLE risk_assessment ADD COLUMN risks TEXT NOT NULL DEFAULT 'null';
ALTER TABLE risk_assessment ADD COLUMN measures TEXT NOT NULL DEFAULT 'null';
ALTER TABLE risk_assessment ADD COLUMN document_name TEXT NOT NULL DEFAULT '';
ALTER TABLE risk_assessment ADD COLUMN document_sha256 TEXT NOT NULL DEFAULT ''; -- hexadecimal
ALTER TABLE risk_assessment ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE risk_assessment ADD COLUMN conditions TEXT NOT NULL DEFAULT '';
ALTER TABLE risk_assessment ADD COLUMN next_review_on TEXT NOT NULL DEFAULT '';
ALTER TABLE risk_assessment ADD COLUMN replaced_by_id TEXT NOT NULL DEFAULT '';
ALTER TABLE risk_assessment ADD COLUMN replaced_by_version BIGINT NOT NULL DEFAULT 0;

ALTER TABLE solution_design ADD COLUMN data_flow TEXT NOT NULL DEFAULT '';
ALTER TABLE solution_design ADD COLUMN systems TEXT NOT NULL DEFAULT 'null';
ALTER TABLE solution_design ADD COLUMN channels TEXT NOT NULL DEFAULT 'null';
ALTER TABLE solution_design ADD COLUMN protocols TEXT NOT NULL DEFAULT 'null';
ALTER TABLE solution_design ADD COLUMN authentication TEXT NOT NULL DEFAULT '';
ALTER TABLE solution_design ADD COLUMN encryption TEXT NOT NULL DEFAULT '';
ALTER TABLE solution_design ADD COLUMN storage TEXT NOT NULL DEFAULT 'null';
ALTER TABLE solution_design ADD COLUMN retention TEXT NOT NULL DEFAULT '';
ALTER TABLE solution_design ADD COLUMN logging TEXT NOT NULL DEFAULT '';
ALTER TABLE solution_design ADD COLUMN roles TEXT NOT NULL DEFAULT 'null';
ALTER TABLE solution_design ADD COLUMN separation TEXT NOT NULL DEFAULT '';
ALTER TABLE solution_design ADD COLUMN error_handling TEXT NOT NULL DEFAULT '';
ALTER TABLE solution_design ADD COLUMN dependencies TEXT NOT NULL DEFAULT '';
ALTER TABLE solution_design ADD COLUMN coverage TEXT NOT NULL DEFAULT '{}';
ALTER TABLE solution_design ADD COLUMN document_name TEXT NOT NULL DEFAULT '';
ALTER TABLE solution_design ADD COLUMN document_sha256 TEXT NOT NULL DEFAULT '';

-- The PDFs that ROS and LD point at, by what is in them.
CREATE TABLE document (
    sha256  TEXT  NOT NULL PRIMARY KEY, -- hexadecimal
    content BYTEA NOT NULL
);

-- Versions of the scale that risks are scored on, never changed. Version 1 is in the program.
CREATE TABLE risk_scale (
    version    BIGINT NOT NULL PRIMARY KEY,
    scale      TEXT   NOT NULL, -- JSON
    created_by TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);
