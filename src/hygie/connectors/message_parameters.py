"""Which parameters does each message carry?"""

from collections.abc import Mapping

from hygie.connectors.message_codes import MessageCode

_NONE: tuple[str, ...] = ()

MESSAGE_PARAMETERS: Mapping[MessageCode, tuple[str, ...]] = {
    # No file under this path, or not an ordinary file.
    MessageCode.FILE_MISSING: _NONE,
    # Zero byte, or nothing but blanks.
    MessageCode.FILE_EMPTY: _NONE,
    # size, limit: bytes.
    MessageCode.FILE_TOO_LARGE: ("size", "limit"),
    # found: type seen in the content; accepted: types wanted, comma-separated.
    MessageCode.FILE_TYPE_REFUSED: ("found", "accepted"),
    # found: type seen in the content; extension: what the name claims, without dot.
    MessageCode.FILE_TYPE_MISMATCH: ("found", "extension"),
    # part: member, sheet or section that cannot be read; may be empty.
    MessageCode.FILE_DAMAGED: ("part",),
    # Password-protected office file.
    MessageCode.FILE_ENCRYPTED: _NONE,
    # Office file with macros: save it without them.
    MessageCode.FILE_HAS_MACROS: _NONE,
    MessageCode.FILE_OLD_OFFICE: _NONE,
    # part: the part of the file that declares a document type, hence may declare entities.
    MessageCode.FILE_DOCTYPE: ("part",),
    # count: members seen (at least); limit: members allowed.
    MessageCode.ARCHIVE_TOO_MANY_MEMBERS: ("count", "limit"),
    # size: bytes once decompressed (at least); limit: bytes allowed.
    MessageCode.ARCHIVE_TOO_LARGE: ("size", "limit"),
    # member: name; ratio: decompressed over compressed; limit: ratio allowed.
    MessageCode.ARCHIVE_RATIO: ("member", "ratio", "limit"),
    # member: an archive inside the archive.
    MessageCode.ARCHIVE_NESTED: ("member",),
    # member: absolute path, drive letter, `..` or control characters.
    MessageCode.ARCHIVE_UNSAFE_PATH: ("member",),
    MessageCode.ARCHIVE_SYMLINK: ("member",),
    MessageCode.ARCHIVE_ENCRYPTED: ("member",),
    # member: a name present twice (case and accents aside).
    MessageCode.ARCHIVE_DUPLICATE: ("member",),
    # length, limit: characters.
    MessageCode.ARCHIVE_NAME_TOO_LONG: ("length", "limit"),
    # member: compressed by a method that is not supported.
    MessageCode.ARCHIVE_METHOD: ("member",),
    # member: its data overlap those of another one.
    MessageCode.ARCHIVE_OVERLAP: ("member",),
    # NUL byte in a text.
    MessageCode.TEXT_NUL: _NONE,
    # Bytes that are not characters of `encoding`: file damaged or encodings mixed.
    MessageCode.TEXT_BAD_BYTES: ("encoding",),
    # sample: letters that look encoded twice (« Ã© » for « é »).
    MessageCode.TEXT_DOUBLE_ENCODED: ("sample",),
    # limit: characters allowed in one line.
    MessageCode.LINE_TOO_LONG: ("limit",),
    # A quoted cell is not closed, or text follows its closing quote.
    MessageCode.QUOTES_BROKEN: _NONE,
    # missing: titles not found, comma-separated; rows: how many rows were searched.
    MessageCode.HEADER_NOT_FOUND: ("missing", "rows"),
    # title: a title present twice; field: the column.
    MessageCode.HEADER_DUPLICATE: ("title",),
    # title: a column that nothing reads.
    MessageCode.HEADER_UNKNOWN: ("title",),
    # sheet: sheet read; others: sheets not read, comma-separated.
    MessageCode.SHEET_CHOSEN: ("sheet", "others"),
    # count: hidden rows that hold something; they are read.
    MessageCode.ROWS_HIDDEN: ("count",),
    # sheet: a hidden sheet, not read.
    MessageCode.SHEET_HIDDEN: ("sheet",),
    # sheet: announced or required, and absent.
    MessageCode.SHEET_MISSING: ("sheet",),
    # range: cells merged, such as A2:A9; their value was given to each row.
    MessageCode.CELLS_MERGED: ("range",),
    # found, expected: number of columns; the row is refused.
    MessageCode.ROW_COLUMNS: ("found", "expected"),
    # first: number of the row that says the same.
    MessageCode.ROW_DUPLICATE: ("first",),
    # limit: rows allowed.
    MessageCode.TOO_MANY_ROWS: ("limit",),
    # found, limit: columns.
    MessageCode.TOO_MANY_COLUMNS: ("found", "limit"),
    # The titles are there, and nothing under them.
    MessageCode.NO_ROWS: _NONE,
    MessageCode.CELL_EMPTY: _NONE,
    # length, limit: characters.
    MessageCode.CELL_TOO_LONG: ("length", "limit"),
    # value: text of the cell.
    MessageCode.CELL_NOT_NUMBER: ("value",),
    MessageCode.CELL_NEGATIVE: ("value",),
    MessageCode.CELL_NOT_DATE: ("value",),
    # value: text of the cell; choices: what is accepted, comma-separated.
    MessageCode.CELL_NOT_CHOICE: ("value", "choices"),
    # value: text of the cell; low, high: inclusive bounds.
    MessageCode.CELL_OUT_OF_RANGE: ("value", "low", "high"),
    # A formula is never computed: the value kept in the file was used.
    MessageCode.CELL_FORMULA: _NONE,
    # A formula without any value kept in the file: paste values and save again.
    MessageCode.CELL_FORMULA_EMPTY: _NONE,
    # value: error of the spreadsheet, such as #N/A.
    MessageCode.CELL_ERROR: ("value",),
    # since, until: ISO dates, the end before the beginning.
    MessageCode.DATES_REVERSED: ("since", "until"),
    # first: first cell; the national extract has no titles, so this is another file.
    MessageCode.FINESS_HAS_HEADER: ("first",),
    # first: beginning of the first line.
    MessageCode.FINESS_NOT_FINESS: ("first",),
    # No `finess;etalab;…` line: the date of the extract is unknown.
    MessageCode.FINESS_NO_METADATA: _NONE,
    # kinds: row types seen, comma-separated.
    MessageCode.FINESS_NO_KNOWN_ROW: ("kinds",),
    # kind: row type; count: rows left aside.
    MessageCode.FINESS_UNKNOWN_ROWS: ("kind", "count"),
    # value: not 9 characters 0-9 A-Z.
    MessageCode.FINESS_NUMBER: ("value",),
    # value: number read; number: with the leading 0 that the spreadsheet had removed.
    MessageCode.FINESS_ZERO_RESTORED: ("value", "number"),
    # number: control key (Luhn) does not match.
    MessageCode.FINESS_KEY_WRONG: ("number",),
    # number: has letters; the rule of its key is not public.
    MessageCode.FINESS_KEY_UNKNOWN: ("number",),
    # value: departement code that is in no region.
    MessageCode.FINESS_DEPARTEMENT_UNKNOWN: ("value",),
    # The last line stops in the middle.
    MessageCode.FINESS_TRUNCATED: _NONE,
    # value: not a GHT code such as NA-04.
    MessageCode.GHT_CODE: ("value",),
    # role: taken for every row, the sheet having no column of roles.
    MessageCode.GHT_ROLE_ABSENT: ("role",),
    # problem: words of the YAML parser, English.
    MessageCode.YAML_SYNTAX: ("problem",),
    # limit: levels allowed.
    MessageCode.YAML_TOO_DEEP: ("limit",),
    # limit: nodes allowed once aliases are expanded.
    MessageCode.YAML_TOO_MANY_NODES: ("limit",),
    # tag: a YAML tag other than the plain ones.
    MessageCode.YAML_TAG: ("tag",),
    # alias: an alias inside what it stands for.
    MessageCode.YAML_ALIAS_CYCLE: ("alias",),
    # key: present twice in one mapping.
    MessageCode.YAML_DUPLICATE_KEY: ("key",),
    # Merge keys (`<<`) are not part of the format.
    MessageCode.YAML_MERGE_KEY: _NONE,
    # missing: keys that every library has, comma-separated.
    MessageCode.LIBRARY_NOT_LIBRARY: ("missing",),
    # found: what the library holds instead of a framework or a mapping.
    MessageCode.LIBRARY_NOTHING_USED: ("found",),
    # kind: object type not used; count: how many.
    MessageCode.LIBRARY_OBJECT_IGNORED: ("kind", "count"),
    # name: key that the format does not have; left aside.
    MessageCode.LIBRARY_FIELD_UNKNOWN: ("name",),
    # In these, `field` of the message is the path and `urn` the node (empty when it has none).
    MessageCode.FIELD_MISSING: ("urn",),
    # expected: integer, number, boolean, text, list, mapping, date; found: text or type found.
    MessageCode.FIELD_TYPE: ("urn", "expected", "found"),
    # value: found; choices: accepted, comma-separated.
    MessageCode.FIELD_CHOICE: ("urn", "value", "choices"),
    # first: path of the first node with this URN.
    MessageCode.URN_DUPLICATE: ("urn", "first"),
    MessageCode.URN_INVALID: ("urn",),
    # parent: URN of no node.
    MessageCode.PARENT_UNKNOWN: ("urn", "parent"),
    # chain: URNs that go round, separated by ` > `.
    MessageCode.PARENT_CYCLE: ("urn", "chain"),
    # declared: depth in the file; computed: depth in the tree, which is kept.
    MessageCode.DEPTH_MISMATCH: ("urn", "declared", "computed"),
    # before, after: depths of two consecutive rows; a level is skipped.
    MessageCode.DEPTH_JUMP: ("before", "after"),
    # reference: group, score, question or choice named and defined nowhere.
    MessageCode.REFERENCE_UNKNOWN: ("urn", "reference"),
    # low, high: minimum above or equal to the maximum.
    MessageCode.SCORE_RANGE: ("urn", "low", "high"),
    # questions, answers: how many lines of each; one answer, or as many as questions.
    MessageCode.QUESTION_ANSWERS: ("urn", "questions", "answers"),
    # offset: bytes of text read when it stopped in the middle.
    MessageCode.JSON_TRUNCATED: ("offset",),
    # offset: bytes of text read when something that is not JSON was met.
    MessageCode.JSON_DAMAGED: ("offset",),
    # limit: brackets inside brackets allowed; offset: bytes of text read.
    MessageCode.JSON_TOO_DEEP: ("limit", "offset"),
    # accepted: kinds of exports that can be read, comma-separated.
    MessageCode.DIRECTORY_NOT_EXPORT: ("accepted",),
    # limit: objects, or relations, allowed.
    MessageCode.DIRECTORY_TOO_LARGE: ("limit",),
    # member: a file of the folder or archive that is not part of an export.
    MessageCode.DIRECTORY_FILE_IGNORED: ("member",),
    # kind: type of objects that nothing reads; count: how many.
    MessageCode.DIRECTORY_TYPE_UNKNOWN: ("kind", "count"),
    # stated: number that the file gives; found: records that it holds.
    MessageCode.DIRECTORY_COUNT: ("stated", "found"),
    # count: records about an object that another record describes; merged.
    MessageCode.DIRECTORY_REPEATED: ("count",),
    # facts: what two records of one object say differently, comma-separated; count: how often.
    MessageCode.DIRECTORY_CONTRADICTION: ("facts", "count"),
    # rights: names that are in no list; count: how many relations.
    MessageCode.DIRECTORY_RIGHT_UNKNOWN: ("rights", "count"),
    # keys: names that are in no list; count: in how many records.
    MessageCode.DIRECTORY_KEY_UNKNOWN: ("keys", "count"),
    # count: passwords found in clear, and not kept.
    MessageCode.DIRECTORY_SECRET_DROPPED: ("count",),
    # Row = rank of the record in its file, here and below.
    MessageCode.DIRECTORY_RECORD_DAMAGED: _NONE,
    # limit: bytes allowed in one record.
    MessageCode.DIRECTORY_RECORD_LONG: ("limit",),
    # expected, found: kinds of JSON values.
    MessageCode.DIRECTORY_FIELD_TYPE: ("expected", "found"),
    # value: text that cannot identify an object.
    MessageCode.DIRECTORY_IDENTIFIER: ("value",),
    # value: one that was not understood, the fact staying unknown; count: how many like it.
    MessageCode.DIRECTORY_VALUE_IGNORED: ("value", "count"),
    # limit: characters, or values of a list, kept; count: how many were cut.
    MessageCode.DIRECTORY_TEXT_CUT: ("limit", "count"),
    # limit: relations that one policy may state.
    MessageCode.DIRECTORY_PRODUCT: ("limit",),
    MessageCode.SID_INVALID: ("value",),
    # problem: where the descriptor stops being one, words of the parser, English.
    MessageCode.DESCRIPTOR_UNREADABLE: ("problem",),
    # count: entries of a type, or for an account, that cannot be told.
    MessageCode.DESCRIPTOR_ENTRIES_SKIPPED: ("count",),
    # count: objects whose descriptor is empty, hence their rights unknown.
    MessageCode.DESCRIPTOR_MISSING: ("count",),
    MessageCode.ORADAD_NO_TABLES: _NONE,
    MessageCode.ORADAD_SEALED: ("part",),
    # table: path of a table whose columns cannot be told.
    MessageCode.ORADAD_TABLE_LINE: ("table",),
    MessageCode.ORADAD_TABLE_MISSING: ("table",),
    MessageCode.ORADAD_NOT_UTF_16: ("encoding",),
    # domain: name of a folder of accounts whose domain has no SID.
    MessageCode.ORADAD_DOMAIN_UNKNOWN: ("domain",),
    # value: distinguished name of an object with neither SID nor GUID.
    MessageCode.ORADAD_NO_IDENTIFIER: ("value",),
    # group: name; kept: members in its list; told: those that name the group themselves.
    MessageCode.ORADAD_MEMBERS_CUT: ("group", "kept", "told"),
    # count: distinguished names that are those of no object read.
    MessageCode.ORADAD_NAMES_UNKNOWN: ("count",),
    # count: services whose account is not among those read.
    MessageCode.ORADAD_SERVICES_UNKNOWN: ("count",),
    MessageCode.XML_DOCTYPE: _NONE,
    MessageCode.PINGCASTLE_ENCRYPTED: _NONE,
    MessageCode.PINGCASTLE_NOT_REPORT: ("root",),
    # level: level of detail of the report (Normal, Light), empty when it says none.
    MessageCode.PINGCASTLE_LEVEL: ("level",),
    # rules: identifiers of rules that no control point has, comma-separated; count: how many.
    MessageCode.PINGCASTLE_RULES_UNKNOWN: ("rules", "count"),
    MessageCode.ADS_NOTHING: _NONE,
    MessageCode.ADS_LEVEL: ("value",),
    MessageCode.ADS_POINT_UNKNOWN: ("value",),
    # level: stated; point: one said to fail at a lower level; lower: that level.
    MessageCode.ADS_CONTRADICTION: ("level", "point", "lower"),
    # accepted: kinds of inventories that can be read, comma-separated.
    MessageCode.INVENTORY_NOT_KNOWN: ("accepted",),
    # limit: assets or links allowed in one file.
    MessageCode.INVENTORY_TOO_LARGE: ("limit",),
    # member: file of an archive that is not read.
    MessageCode.INVENTORY_FILE_IGNORED: ("member",),
    # sheet: name of a sheet whose titles are those of nothing known.
    MessageCode.INVENTORY_SHEET_IGNORED: ("sheet",),
    # sheet: name; subject: a kind of asset, links or interfaces; count: rows understood.
    MessageCode.INVENTORY_SHEET_READ: ("sheet", "subject", "count"),
    # count: hosts read before the file stops in the middle.
    MessageCode.INVENTORY_TRUNCATED: ("count",),
    MessageCode.INVENTORY_RECORD_DAMAGED: _NONE,
    # limit: bytes allowed in one record.
    MessageCode.INVENTORY_RECORD_LONG: ("limit",),
    # Neither name nor anything to name it by.
    MessageCode.INVENTORY_NAMELESS: _NONE,
    # name: taken from the file's, as nothing inside names what it describes.
    MessageCode.INVENTORY_NAMED_AFTER_FILE: ("name",),
    # value: what was found; the field stays unknown.
    MessageCode.INVENTORY_VALUE_IGNORED: ("value",),
    # length, limit: characters; the text was cut.
    MessageCode.INVENTORY_VALUE_CUT: ("length", "limit"),
    # count: serial numbers and the like that every machine of a make bears.
    MessageCode.INVENTORY_PLACEHOLDERS: ("count",),
    # Nothing in the file is an asset.
    MessageCode.INVENTORY_EMPTY: _NONE,
    # value: an address that every machine has (loopback), and nothing else names this one.
    MessageCode.INVENTORY_ADDRESS_SHARED: ("value",),
    # count: names that several hosts of a scan bear.
    MessageCode.INVENTORY_NAMES_SHARED: ("count",),
    MessageCode.INVENTORY_HOSTS_DOWN: ("count",),
    MessageCode.INVENTORY_SCRIPTS_IGNORED: ("count",),
    MessageCode.INVENTORY_VULNERABILITIES: ("count",),
    MessageCode.INVENTORY_CONTAINERS: ("count",),
    # kind: type of object that the map has no place for; count: how many.
    MessageCode.INVENTORY_TYPE_IGNORED: ("kind", "count"),
    # kind: type of object; count: how many were deleted in the tool that wrote the file.
    MessageCode.INVENTORY_DELETED: ("kind", "count"),
    # count: ports behind which so many machines are that they lead to another switch.
    MessageCode.INVENTORY_UPLINKS: ("count",),
    # count: numbers of objects that are not in this file; kind: what they are.
    MessageCode.INVENTORY_REFERENCE_UNKNOWN: ("kind", "count"),
    # found, known: versions of the format.
    MessageCode.ESTATE_VERSION: ("found", "known"),
    # key: of an asset; first: rank of the record that bears it already.
    MessageCode.ESTATE_KEY_REPEATED: ("key", "first"),
    # key: cited, and that of no asset of the file.
    MessageCode.ESTATE_KEY_UNKNOWN: ("key",),
    # name: of the asset at both ends.
    MessageCode.LINK_TO_ITSELF: ("name",),
    # group: whose links do not have the same verb, number, delay or effect.
    MessageCode.LINK_GROUP_DIFFERS: ("group",),
    # needed: how many are needed; size: how many there are.
    MessageCode.LINK_NEEDS_TOO_MANY: ("needed", "size"),
    # accepted: formats wanted, comma-separated.
    MessageCode.EXERCISE_NOT_KNOWN: ("accepted",),
    # found, known: versions of the format.
    MessageCode.EXERCISE_VERSION: ("found", "known"),
    MessageCode.EXERCISE_TOO_LARGE: ("limit",),
    # value: a clock time that means nothing without the instant of the start.
    MessageCode.EXERCISE_NO_START: ("value",),
    # value: what is no time.
    MessageCode.EXERCISE_TIME: ("value",),
    MessageCode.EXERCISE_DURATION: ("value",),
    # value: a clock time earlier than that of the row before, taken on the following day.
    MessageCode.EXERCISE_NEXT_DAY: ("value",),
    # sheet: the one that was read; others: sheets that hold a timeline too.
    MessageCode.EXERCISE_OTHER_SHEETS: ("sheet", "others"),
    # value: a cell that says more than a time; taken: the time that was taken of it.
    MessageCode.EXERCISE_TIME_TAKEN: ("value", "taken"),
    # first: number of the day of the start.
    MessageCode.EXERCISE_DAYS_COUNTED: ("first",),
    MessageCode.EXERCISE_MONTH_FIRST: _NONE,
    MessageCode.EXERCISE_ELAPSED: _NONE,
    # value: "H+45", which may have been meant in minutes.
    MessageCode.EXERCISE_LONG_HOURS: ("value",),
    MessageCode.EXERCISE_BLANK_ROWS: ("count",),
    # title: of a row with one filled cell.
    MessageCode.EXERCISE_HEADING: ("title",),
    # A row with a time, and neither a subject nor a text.
    MessageCode.EXERCISE_NO_INJECT: _NONE,
    MessageCode.EXERCISE_EMPTY_ROW: _NONE,
    # value: as written; taken: what was used instead.
    MessageCode.EXERCISE_TYPE_UNKNOWN: ("value", "taken"),
    # channel: our code; count: rows.
    MessageCode.EXERCISE_CHANNEL_GUESSED: ("channel", "count"),
    # name: of the cell; kind: our code of its nature; count: rows that name it.
    MessageCode.EXERCISE_CELL_CREATED: ("name", "kind", "count"),
    # names: recipients of the row who run the exercise.
    MessageCode.EXERCISE_STAFF_ROW: ("names",),
    MessageCode.EXERCISE_OBJECTIVE_CREATED: ("title",),
    MessageCode.EXERCISE_KEY_TWICE: ("key",),
    # key: as written; given: what it became.
    MessageCode.EXERCISE_KEY_RENAMED: ("key", "given"),
    MessageCode.EXERCISE_CONDITION: ("value",),
    # key: of an inject that is nowhere.
    MessageCode.EXERCISE_CONDITION_UNKNOWN: ("key",),
    # statuses: words and how many rows have each.
    MessageCode.EXERCISE_STATUSES: ("statuses",),
    MessageCode.EXERCISE_VALUE_IGNORED: ("value",),
    # what: part of the file that a scenario cannot hold; count: how many.
    MessageCode.EXERCISE_NOT_KEPT: ("what", "count"),
    # parts: of the file, comma-separated, kept for who writes it again.
    MessageCode.EXERCISE_KEPT_ASIDE: ("parts",),
    # count: files named and not brought in.
    MessageCode.EXERCISE_ATTACHMENTS: ("count",),
    # count: injects that were switched off.
    MessageCode.EXERCISE_DISABLED: ("count",),
}
