-- Which versions of the regulations cases are pinned to, so that the set-up can refuse a changed file. Public law and two counts: nothing of a family.
GRANT SELECT (regulation_id, regulation_version) ON cases TO kurator_system;
