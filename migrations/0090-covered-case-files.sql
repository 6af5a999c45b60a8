-- Every minute somebody asks which case files are in a stand-in's hands: found here instead of among all open ones.
create index ownership_of_absence on ownership (case_file_id, at desc, id desc) where reason = 'absence';
