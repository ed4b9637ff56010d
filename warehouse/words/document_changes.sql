-- What `document_changes` holds, and what each column means, with its unit.
COMMENT ON TABLE document_changes IS 'What changed when a page was edited: one row a version that changed another';
COMMENT ON COLUMN document_changes.sample IS 'true: from pages written for the project; never mixed with live ones';
COMMENT ON COLUMN document_changes.source IS 'Name of the source';
COMMENT ON COLUMN document_changes.url IS 'Address of the page';
COMMENT ON COLUMN document_changes.known_from IS 'First day on which the new version was known';
COMMENT ON COLUMN document_changes.fetched_at IS 'When its bytes were fetched, UTC';
COMMENT ON COLUMN document_changes.title IS 'Headline of the new version';
COMMENT ON COLUMN document_changes.title_before IS 'Headline of the version before';
COMMENT ON COLUMN document_changes.retitled IS 'Whether the headline is another one';
COMMENT ON COLUMN document_changes.blocks_added IS 'Lines of the text that the version before has not';
COMMENT ON COLUMN document_changes.blocks_removed IS 'Lines of the version before that the text has no more';
COMMENT ON COLUMN document_changes.added IS 'How the first ten added lines begin; the texts stay in the archive';
COMMENT ON COLUMN document_changes.removed IS 'How the first ten removed lines begin';
COMMENT ON COLUMN document_changes.figures IS
'Figures it says otherwise: values_before is null for a new one, values_now for a gone one';
COMMENT ON COLUMN document_changes.published_before IS 'Day of publication that the version before stated';
COMMENT ON COLUMN document_changes.published IS 'Day of publication that it states';
COMMENT ON COLUMN document_changes.modified IS 'When it was last changed, as it says';
COMMENT ON COLUMN document_changes.document_id IS 'The new version';
COMMENT ON COLUMN document_changes.earlier_id IS 'document_id of the version before';
