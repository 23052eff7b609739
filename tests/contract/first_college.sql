-- A small college as a database of the first schema (revision 0001) holds it.
INSERT INTO attain_org
  (id, source_id, code, name, kind, parent_id, active)
  VALUES ('org-english', 'src-english', 'ENGL', 'English', 'department', NULL, true);
INSERT INTO attain_term
  (id, source_id, name, kind, starts_on, ends_on, active)
  VALUES ('term-fall', 'src-fall', 'Fall 2026', 'semester', '2026-08-24', '2026-12-18', true);
INSERT INTO attain_course
  (id, source_id, code, title, org_id, active)
  VALUES ('course-engl101', 'src-engl101', 'ENGL101', 'Course engl101', 'org-english', true);
INSERT INTO attain_section
  (id, source_id, title, code, course_id, org_id, term_id, active, title_key)
  VALUES ('section-engl101-01', 'src-engl101-01', 'ENGL101-01', 'ENGL101-01', 'course-engl101', 'org-english', 'term-fall', true, 'ENGL101-01');
INSERT INTO attain_section
  (id, source_id, title, code, course_id, org_id, term_id, active, title_key)
  VALUES ('section-engl101-02', 'src-engl101-02', 'ENGL101-02', 'ENGL101-02', 'course-engl101', 'org-english', 'term-fall', true, 'ENGL101-02');
INSERT INTO attain_person
  (id, source_id, tech_id, login, email, given_name, family_name, active, tech_key, login_key, email_key)
  VALUES ('person-tess', 'src-tess', 'Ctess', 'tess', 'tess@example.edu', 'Tess', 'Ortiz', true, 'Ctess', 'tess', 'tess@example.edu');
INSERT INTO attain_person
  (id, source_id, tech_id, login, email, given_name, family_name, active, tech_key, login_key, email_key)
  VALUES ('person-ana', 'src-ana', 'Cana', 'ana', 'ana@example.edu', 'Ana', 'Ortiz', true, 'Cana', 'ana', 'ana@example.edu');
INSERT INTO attain_person
  (id, source_id, tech_id, login, email, given_name, family_name, active, tech_key, login_key, email_key)
  VALUES ('person-ben', 'src-ben', 'Cben', 'ben', 'ben@example.edu', 'Ben', 'Ortiz', true, 'Cben', 'ben', 'ben@example.edu');
INSERT INTO attain_enrolment
  (id, source_id, section_id, person_id, role, active)
  VALUES ('enrolment-tess-engl101-01-teacher', 'src-tess-engl101-01-teacher', 'section-engl101-01', 'person-tess', 'teacher', true);
INSERT INTO attain_enrolment
  (id, source_id, section_id, person_id, role, active)
  VALUES ('enrolment-ana-engl101-01-student', 'src-ana-engl101-01-student', 'section-engl101-01', 'person-ana', 'student', true);
INSERT INTO attain_enrolment
  (id, source_id, section_id, person_id, role, active)
  VALUES ('enrolment-ben-engl101-01-student', 'src-ben-engl101-01-student', 'section-engl101-01', 'person-ben', 'student', true);
INSERT INTO attain_scale
  (id, code, name, version, is_default, levels)
  VALUES ('scale-four', 'four', 'Four', 1, true, '[{"points":"1","label":"Beginning","descriptor":"Work is beginning.","mastery":{"code":"beginning","name":"Beginning","position":0,"met":false}},{"points":"2","label":"Developing","descriptor":"Work is developing.","mastery":{"code":"developing","name":"Developing","position":1,"met":false}},{"points":"3","label":"Met","descriptor":"Work is met.","mastery":{"code":"met","name":"Met","position":2,"met":true}},{"points":"4","label":"Exceeded","descriptor":"Work is exceeded.","mastery":{"code":"exceeded","name":"Exceeded","position":3,"met":true}}]');
INSERT INTO attain_slo
  (id, code, kind, course_id, org_id, title, statement, state, version, descriptors)
  VALUES ('slo-thesis', 'THESIS', 'cslo', 'course-engl101', NULL, 'Write: thesis', 'Students can do thesis.', 'active', 1, '[{"scale_id":"scale-four","points":"3","text":"States a clear thesis."}]');
INSERT INTO attain_assessment
  (id, code, org_id, name, description, kind, purpose, scale_id, rubric, points_possible, reflection_question, in_library, owner_id, version)
  VALUES ('assessment-essay', 'ESSAY', 'org-english', 'Essay', 'The essay.', 'outcomes', 'summative', 'scale-four', '{"criteria":[{"id":"row-thesis","code":"THESIS","title":"Thesis","description":"About thesis.","levels":[{"points":"1","label":"Beginning","descriptor":"thesis is beginning","mastery":{"code":"beginning","name":"Beginning","position":0,"met":false}},{"points":"2","label":"Developing","descriptor":"thesis is developing","mastery":{"code":"developing","name":"Developing","position":1,"met":false}},{"points":"3","label":"Met","descriptor":"thesis is met","mastery":{"code":"met","name":"Met","position":2,"met":true}},{"points":"4","label":"Exceeded","descriptor":"thesis is exceeded","mastery":{"code":"exceeded","name":"Exceeded","position":3,"met":true}}],"weight":"1","slo_ids":[]},{"id":"row-evidence","code":"EVIDENCE","title":"Evidence","description":"About evidence.","levels":[{"points":"1","label":"Beginning","descriptor":"evidence is beginning","mastery":{"code":"beginning","name":"Beginning","position":0,"met":false}},{"points":"2","label":"Developing","descriptor":"evidence is developing","mastery":{"code":"developing","name":"Developing","position":1,"met":false}},{"points":"3","label":"Met","descriptor":"evidence is met","mastery":{"code":"met","name":"Met","position":2,"met":true}},{"points":"4","label":"Exceeded","descriptor":"evidence is exceeded","mastery":{"code":"exceeded","name":"Exceeded","position":3,"met":true}}],"weight":"1","slo_ids":[]}],"outcomes":[]}', '100', 'What next?', false, 'person-tess', 1);
INSERT INTO attain_section_assessment
  (id, assessment_id, section_id, due_at, planned, released_at, snapshot, version)
  VALUES ('work-essay', 'assessment-essay', 'section-engl101-01', '2026-09-21 12:00:00.000000', false, NULL, NULL, 1);
INSERT INTO attain_site
  (id, name, plugin, url, client_id, client_secret, account_ref, test, active, version)
  VALUES ('site-main', 'main', 'canvas', 'https://main.lms.test', '10000001', 'sealed', '1', false, true, 1);
INSERT INTO attain_link
  (id, platform, context_id, resource_link_id, section_assessment_id, section_id, site_id, course_ref, assignment_ref, title, points_possible, linked_by, linked_at, unlinked_at, version)
  VALUES ('link-essay', 'key:guid', 'context-1', 'resource-essay', 'work-essay', 'section-engl101-01', 'site-main', '101', '501', 'Essay', '100', 'person-tess', '2026-09-14 12:00:00.000000', NULL, 1);
INSERT INTO attain_role_grant
  (person_id, role, org_id, grant_key)
  VALUES ('person-tess', 'coordinator', 'org-english', 'person-tess:coordinator:org-english');
INSERT INTO attain_reflection
  (section_assessment_id, person_id, text, submitted_at, version)
  VALUES ('work-essay', 'person-tess', 'More time.', '2026-09-20 12:00:00.000000', 1);
