/* global Chart, document, Intl */
// Runs in the browser. Everything that comes from records is set as text, never as markup.
const { generated, rows } = JSON.parse(document.getElementById('data').textContent);
const zone = document.getElementById('zone');
const search = document.getElementById('search');
const body = document.querySelector('tbody');
const columns = ['accepted', 'user', 'file', 'library', 'accesses', 'first', 'last'];
let order = { column: 'accepted', down: true };

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const name of ['UTC', ...Intl.supportedValuesOf('timeZone')]) {
  const option = document.createElement('option');
  option.textContent = name;
  zone.append(option);
}
zone.value = 'UTC';

function time(iso) {
  if (!iso) return '';
  const parts = { dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23', timeZone: zone.value };
  return new Intl.DateTimeFormat('sv-SE', parts).format(new Date(iso));
}

function shown() {
  const wanted = search.value.trim().toLowerCase();
  const matching = rows.filter((row) =>
    [row.user, row.file, row.library].some((text) => text.toLowerCase().includes(wanted)),
  );
  const { column, down } = order;
  const compare = (a, b) => (a[column] < b[column] ? -1 : a[column] > b[column] ? 1 : 0);
  return matching.sort((a, b) => (down ? -1 : 1) * compare(a, b));
}

function draw() {
  const list = shown();
  body.replaceChildren(
    ...list.map((row) => {
      const line = document.createElement('tr');
      if (row.accesses > 0) line.className = 'opened';
      for (const column of columns) {
        const cell = document.createElement('td');
        const isTime = column === 'accepted' || column === 'first' || column === 'last';
        cell.textContent = isTime ? time(row[column]) : String(row[column]);
        if (column === 'accesses') cell.className = 'number';
        line.append(cell);
      }
      return line;
    }),
  );
  document.getElementById('count').textContent = `${list.length} of ${rows.length}`;
  document.getElementById('generated').textContent = `${time(generated)} ${zone.value}`;
}

function counted(of) {
  const counts = new Map();
  for (const row of rows) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
  return counts;
}

function chart(id, counts, type) {
  const entries = [...counts];
  return new Chart(document.getElementById(id), {
    type: 'bar',
    data: {
      labels: entries.map(([label]) => label),
      datasets: [{ data: entries.map(([, count]) => count), backgroundColor: '#0f6cbd' }],
    },
    options: {
      indexAxis: type === 'across' ? 'y' : 'x',
      animation: false,
      maintainAspectRatio: false,
      plugins: { legend: { display: false } },
      scales: { x: { ticks: { precision: 0 } }, y: { ticks: { precision: 0 } } },
    },
  });
}

const top = (counts) => new Map([...counts].sort((a, b) => b[1] - a[1]).slice(0, 10));
let byHour;
function drawTimes() {
  byHour?.destroy();
  const hours = counted((row) => time(row.accepted).slice(0, 13));
  byHour = chart('by-hour', new Map([...hours].sort(([a], [b]) => (a < b ? -1 : 1))), 'up');
}
chart('by-library', top(counted((row) => row.library)), 'across');
const opened = new Map();
for (const row of rows) opened.set(row.user, (opened.get(row.user) ?? 0) + row.accesses);
chart('by-user', top(opened), 'across');

for (const button of document.querySelectorAll('th button'))
  button.addEventListener('click', () => {
    const { column } = button.dataset;
    order = { column, down: order.column === column ? !order.down : true };
    draw();
  });
search.addEventListener('input', draw);
zone.addEventListener('change', () => {
  draw();
  drawTimes();
});
document.getElementById('here').textContent = here;
draw();
drawTimes();
