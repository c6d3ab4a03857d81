import { describe, expect, it } from 'vitest';
import { runQuery } from '../src/services/log-analytics/kql/run.js';
import { toCell, toFrame } from '../src/services/log-analytics/kql/rows.js';
import { columns } from '../src/services/log-analytics/columns.js';
import { checkTransform } from '../src/services/log-analytics/kql/transform-rules.js';

const now = Date.parse('2026-11-20T12:00:00Z');
const events = columns('TimeGenerated:datetime User:string Size:long Ok:boolean Tags:dynamic Extra:string');
const frame = toFrame(
  events,
  [
    ['2026-11-20T10:00:00Z', 'anna', 10, true, ['a', 'b'], 'ip=10.0.0.1 size=7 rest'],
    ['2026-11-20T11:00:00Z', 'björn', 20, false, [], 'nothing'],
    ['2026-11-20T11:30:00Z', 'anna', 30, true, { k: 1 }, 'ip=192.0.2.1 size=9 more'],
  ].map((values) => ({
    row: Object.fromEntries(events.map(({ name }, i) => [name, values[i]])),
    receivedAt: now,
  })),
);

/** The cells of the answer, row by row. */
function ask(query: string): unknown[][] {
  const schema = new Map([['Events', events]]);
  const result = runQuery(query, { schema, open: (name) => (name === 'Events' ? frame : undefined), now });
  return result.rows.map((row) => result.columns.map((column) => toCell(row[column.name], column)));
}

describe('scalar functions', () => {
  it.each<[expression: string, value: unknown]>([
    ['abs(-3)', 3],
    ['ago(1h)', '2026-11-20T11:00:00.000Z'],
    ['array_concat(pack_array(1), pack_array(2, 3))', '[1,2,3]'],
    ['array_length(pack_array(1, 2))', 2],
    ['base64_decodestring("SGk=")', 'Hi'],
    ['base64_encodestring("Hi")', 'SGk='],
    ['bin(17, 5)', 15],
    ['bin(datetime(2026-11-20T10:17:00Z), 15m)', '2026-11-20T10:15:00.000Z'],
    ['binary_and(6, 3)', 2],
    ['binary_or(6, 3)', 7],
    ['binary_xor(6, 3)', 5],
    ['binary_not(0)', -1],
    ['binary_shift_left(1, 4)', 16],
    ['binary_shift_right(16, 4)', 1],
    ['case(1 == 2, "a", 2 == 2, "b", "c")', 'b'],
    ['ceiling(1.2)', 2],
    ['countof("banana", "an")', 2],
    ['datetime_add("month", 2, datetime(2026-11-20))', '2027-01-20T00:00:00.000Z'],
    ['datetime_diff("day", datetime(2026-11-20), datetime(2026-11-18T23:00:00Z))', 2],
    ['datetime_part("hour", datetime(2026-11-20T10:17:00Z))', 10],
    ['dayofmonth(datetime(2026-11-20))', 20],
    ['dayofweek(datetime(2026-11-20))', '5.00:00:00'],
    ['dayofyear(datetime(2026-02-01))', 32],
    ['endofday(datetime(2026-11-20))', '2026-11-20T23:59:59.999Z'],
    ['startofmonth(datetime(2026-11-20))', '2026-11-01T00:00:00.000Z'],
    ['startofweek(datetime(2026-11-20))', '2026-11-15T00:00:00.000Z'],
    ['endofyear(datetime(2026-11-20))', '2026-12-31T23:59:59.999Z'],
    ['exp2(3)', 8],
    ['extract("x=([0-9]+)", 1, "a x=45")', '45'],
    ['extract("x=([0-9]+)", 1, "a x=45", typeof(long))', 45],
    ['extract_all("(\\\\d)", "a1b2")', '["1","2"]'],
    ['getmonth(datetime(2026-11-20))', 11],
    ['gettype(1.5)', 'real'],
    ['hash_sha256("a")', 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
    ['iif(true, "y", "n")', 'y'],
    ['indexof("abc", "c")', 2],
    ['isempty("")', true],
    ['isnotnull(long(null))', false],
    ['isnan(real(nan))', true],
    ['log10(1000)', 3],
    ['make_datetime(2026, 11, 20)', '2026-11-20T00:00:00.000Z'],
    ['make_timespan(1, 2, 3)', '01:02:03'],
    ['max_of(1, 3, 2)', 3],
    ['min_of(1, 3, 2)', 1],
    ['pack("a", 1, "b", "x")', '{"a":1,"b":"x"}'],
    ['parse_json("{\\"a\\":[1,{\\"b\\":2}]}").a[1].b', '2'],
    ['parse_xml("<a><b>1</b><b>2</b></a>").a.b[1]', '2'],
    ['parse_cef_dictionary("src=1 dst=2").dst', '2'],
    ['pow(2, 10)', 1024],
    ['replace("a(.)", "<\\\\1>", "xabx")', 'x<b>x'],
    ['round(2.345, 2)', 2.35],
    ['sign(-4)', -1],
    ['split("a;b;c", ";")[1]', 'b'],
    ['strcat("a", 1, true)', 'a1True'],
    ['strcat_delim("-", "a", "b")', 'a-b'],
    ['strlen("né🚲")', 3],
    ['substring("abcdef", 2, 3)', 'cde'],
    ['tobool("true")', true],
    ['toguid("0B1EC700-0000-4000-8000-000000000001")', '0b1ec700-0000-4000-8000-000000000001'],
    ['toint("42")', 42],
    ['tolong("x")', null],
    ['toreal("1.5")', 1.5],
    ['totimespan("01:30:00")', '01:30:00'],
    ['todatetime("2026-11-20") + 90m', '2026-11-20T01:30:00.000Z'],
    ['todatetime("nonsense")', null],
    ['toupper("é")', 'É'],
    ['weekofyear(datetime(2026-01-01))', 1],
    ['zip(pack_array(1, 2), pack_array("a", "b"))', '[[1,"a"],[2,"b"]]'],
    ['7 / 2', 3],
    ['7.0 / 2', 3.5],
    ['1 / 0', null],
    ['"abc" has "b"', false],
    ['"a-b" has "B"', true],
    ['"x" in~ ("X", "y")', true],
    ['5 between (1 .. 5)', true],
    ['"abc" matches regex "^a.c$"', true],
    ['"10.1.2.3" has_any ("11", "2")', true],
    ['ipv4_is_private("10.1.2.3")', true],
    ['format_datetime(datetime(2026-11-20T10:17:00Z), "yyyy-MM-dd HH:mm")', '2026-11-20 10:17'],
    ['set_difference(dynamic([1,2,3]), dynamic([2]))', '[1,3]'],
  ])('%s is %j', (expression, value) => {
    expect(ask(`print value = ${expression}`)).toEqual([[value]]);
  });
});

describe('operators', () => {
  it.each<[query: string, rows: unknown[][]]>([
    ['Events | where User == "anna" | count', [[2]]],
    [
      'Events | summarize n = count(), sum(Size) by User | sort by User asc',
      [
        ['anna', 2, 40],
        ['björn', 1, 20],
      ],
    ],
    [
      'Events | summarize arg_max(TimeGenerated, Size) by User | project User, Size | sort by User asc',
      [
        ['anna', 30],
        ['björn', 20],
      ],
    ],
    ['Events | summarize percentile(Size, 50)', [[20]]],
    ['Events | summarize share = round(100.0 * countif(Ok) / count(), 1)', [[66.7]]],
    ['Events | summarize make_set(User), dcount(User)', [['["anna","björn"]', 2]]],
    ['Events | top 1 by Size desc | project Size', [[30]]],
    ['Events | distinct User | sort by User asc', [['anna'], ['björn']]],
    ['let big = 15; Events | where Size > big | count', [[2]]],
    [
      'let f = (u:string, least:long=0) { Events | where User == u and Size >= least }; f("anna", 20) | count',
      [[1]],
    ],
    ['let names = Events | distinct User; Events | where User in (names) | count', [[3]]],
    ['union Events, (Events | where Ok) | count', [[5]]],
    [
      'union withsource=T (Events | where Ok), (print User = "x") | summarize count() by T | sort by T asc',
      [
        ['union_arg1', 2],
        ['union_arg2', 1],
      ],
    ],
    [
      'Events | join kind=inner (print User = "anna", Team = "red") on User | project User, Team, Size | sort by Size asc',
      [
        ['anna', 'red', 10],
        ['anna', 'red', 30],
      ],
    ],
    ['Events | join kind=leftanti (print User = "anna") on User | project User', [['björn']]],
    [
      'Events | join kind=leftouter (print U = "anna", Team = "red") on $left.User == $right.U | summarize count() by Team | sort by Team asc',
      [
        ['', 1],
        ['red', 2],
      ],
    ],
    [
      'Events | mv-expand Tags | where User == "anna" and Size == 10 | project tostring(Tags)',
      [['a'], ['b']],
    ],
    [
      'Events | parse Extra with "ip=" Ip " size=" Bytes:long " " Rest | project Ip, Bytes, Rest',
      [
        ['10.0.0.1', 7, 'rest'],
        ['', null, ''],
        ['192.0.2.1', 9, 'more'],
      ],
    ],
    ['Events | parse-where Extra with * "size=" Bytes:long " " * | summarize sum(Bytes)', [[16]]],
    ['Events | search "192.0" | count', [[1]]],
    ['datatable(a:int, b:string) [1, "x", 2, "y"] | where a == 2 | project b', [['y']]],
    ['range x from 1 to 3 step 1 | summarize sum(x)', [[6]]],
    [
      'Events | summarize count() by bin(TimeGenerated, 1h) | sort by TimeGenerated asc',
      [
        ['2026-11-20T10:00:00.000Z', 1],
        ['2026-11-20T11:00:00.000Z', 2],
      ],
    ],
    ['Events | extend a = Size * 2, Size = 0 | where Size == 0 | project a | take 1', [[20]]],
    [
      'Events | project-away Tags, Extra, Ok | project-rename Who = User | where Who startswith "A" | count',
      [[2]],
    ],
    ['Events | where toscalar(Events | summarize max(Size)) == Size | project User', [['anna']]],
  ])('%s', (query, rows) => {
    expect(ask(query)).toEqual(rows);
  });

  it.each([
    ['Events | make-series count() on TimeGenerated step 1h', /cannot run/],
    ['Events | evaluate bag_unpack(Tags)', /cannot run/],
    ['print geo_location("192.0.2.1")', /cannot run|geo_location/],
    ['Events | where Nothing == 1', /Failed to resolve .*'Nothing'/],
    ['Events | where Size == ', /end of query/],
  ])('%s is refused, never answered wrongly', (query, message) => {
    expect(() => ask(query)).toThrow(message);
  });
});

describe('a transform', () => {
  const table = columns('TimeGenerated:datetime User:string Size:long');
  const check = (kql: string) => checkTransform(kql, events, table);

  it.each([
    'source',
    'source | where Size > 10 | extend User = tolower(User)',
    'source | project TimeGenerated, User = tostring(Tags[0]), Size = tolong(strlen(Extra))',
    'source | parse Extra with "ip=" Ip " size=" Bytes:long * | project-away Ip',
    'let least = 5; source | where Size > least',
  ])('%s is taken', (kql) => {
    expect(check(kql)).toBeUndefined();
  });

  it.each([
    ['source | summarize count()', 'InvalidTransformQuery', /summarize/],
    ['source | sort by Size', 'InvalidTransformQuery', /sort/],
    ['source | take 5', 'InvalidTransformQuery', /take/],
    ['source | distinct User', 'InvalidTransformQuery', /distinct/],
    ['source | top 5 by Size', 'InvalidTransformQuery', /top/],
    ['source | join (source) on User', 'InvalidTransformQuery', /join/],
    ['source | extend a = iff(Ok, 1, 2)', 'InvalidTransformQuery', /iff/],
    ['source | extend a = dynamic([1])', 'InvalidTransformQuery', /parse_json/],
    ['source | extend a = geo_location(Extra)', 'InvalidTransformQuery', /geo_location|emulator/],
    ['source | where Nothing == 1', 'InvalidTransformQuery', /Nothing/],
    ['source | where Size ==', 'InvalidTransformQuery', /end of query/],
    [
      'source | extend Size = tostring(Size)',
      'InvalidTransformOutput',
      /Size \[produced:'String', output:'Long'\]/,
    ],
    ['source | extend a = strlen(User', 'InvalidTransformQuery', /KS/],
  ])('%s is refused', (kql, code, message) => {
    expect(check(kql)).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });
});
