// All of it is help: without it the page shows everything, in the order of the file.
'use strict';
(function () {
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const make = (name, text) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    return made;
  };

  // ---- choose a scenario, an area ----
  const scenario = document.getElementById('choose-scenario');
  const area = document.getElementById('choose-area');
  const told = document.getElementById('chosen');
  const shown = () => {
    const code = scenario ? scenario.value : '';
    const option = area ? area.options[area.selectedIndex] : null;
    const parts = option && option.value ? new Set([option.value, ...option.dataset.also.split(' '), 'all', 'here']) : null;
    all('[data-s]').forEach((item) => {
      item.hidden = code !== '' && item.dataset.s !== code;
    });
    all('tr[data-a]').forEach((row) => {
      const by = row.closest('tr[data-s]');
      row.hidden = (by && code !== '' && by.dataset.s !== code) ||
        (parts !== null && !row.dataset.a.split(' ').some((part) => parts.has(part)));
    });
    document.documentElement.classList.toggle('one', code !== '');
    all('.table').forEach((block) => {
      const none = block.querySelector('.nothing'), body = block.querySelector('tbody');
      if (none) none.hidden = Array.from(body.rows).some((row) => !row.hidden);
    });
    if (told) told.textContent = (scenario ? 'Shown: ' + scenario.options[scenario.selectedIndex].text + '. ' : '') +
      (parts ? 'Tables by area show ' + option.text + ' and what it is part of; charts and texts stay those of the whole.' : '');
  };
  const panel = document.querySelector('.choose');
  if (panel) {
    panel.hidden = false;
    [scenario, area].forEach((choice) => choice && choice.addEventListener('change', shown));
    if (scenario && scenario.options.length > 1) scenario.selectedIndex = 1;
  }

  // ---- tables: sort, copy, download ----
  const value = (cell) => (cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent.trim());
  const rows = (table) => all('tbody tr', table).filter((row) => !row.hidden);
  const lines = (table, between, quote) => [all('thead th', table)].concat(rows(table).map((row) => Array.from(row.cells)))
    .map((cells, line) => cells.map((cell) => quote(line ? value(cell) : cell.dataset.name || cell.textContent.trim())).join(between))
    .join('\n') + '\n';
  const csv = (text) => (/[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);
  const plain = (text) => text.replace(/[\t\r\n]+/g, ' ');
  const sort = (table, heading) => {
    const column = heading.cellIndex, body = table.tBodies[0];
    const falling = heading.getAttribute('aria-sort') === 'ascending';
    all('th[aria-sort]', table).forEach((other) => other.removeAttribute('aria-sort'));
    heading.setAttribute('aria-sort', falling ? 'descending' : 'ascending');
    const key = (row) => value(row.cells[column]);
    const isNumber = (text) => text !== '' && !isNaN(Number(text));
    const order = (a, b) => {
      const x = key(a), y = key(b);
      if (isNumber(x) && isNumber(y)) return Number(x) - Number(y);
      if (isNumber(x) !== isNumber(y)) return isNumber(x) ? -1 : 1;
      return x.localeCompare(y);
    };
    Array.from(body.rows).sort((a, b) => (falling ? order(b, a) : order(a, b))).forEach((row) => body.appendChild(row));
  };
  all('.table').forEach((block) => {
    const table = block.querySelector('table'), tools = make('div'), said = make('span');
    tools.className = 'tools';
    said.setAttribute('role', 'status');
    const name = table.querySelector('caption').firstChild.textContent;
    const button = (text, act) => {
      const made = make('button', text);
      made.type = 'button';
      made.setAttribute('aria-label', text + ': ' + name);
      made.addEventListener('click', act);
      tools.append(made);
    };
    button('Copy', () => {
      const text = lines(table, '\t', plain);
      const done = () => { said.textContent = 'Copied.'; };
      const by_hand = () => {
        const box = make('textarea');
        box.value = text;
        document.body.append(box);
        box.select();
        document.execCommand('copy');
        box.remove();
        done();
      };
      if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, by_hand);
      else by_hand();
    });
    button('Download CSV', () => {
      const link = make('a');
      link.href = URL.createObjectURL(new Blob([lines(table, ',', csv)], { type: 'text/csv' }));
      link.download = block.id + '.csv';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    const none = make('span', 'No row of this table is of what was chosen.');
    none.className = 'nothing';
    none.hidden = true;
    tools.append(said, none);
    block.append(tools);
    if (table.tBodies[0].rows.length < 2) return;
    all('thead th', table).forEach((heading) => {
      const press = make('button');
      press.type = 'button';
      press.className = 'sorter';
      press.append(...heading.childNodes);
      press.addEventListener('click', () => sort(table, heading));
      heading.append(press);
    });
  });

  if (panel) shown();

  // ---- where the reader is ----
  const links = new Map(all('nav a').map((link) => [link.hash.slice(1), link]));
  if (window.IntersectionObserver) {
    const watch = new IntersectionObserver((seen) => seen.forEach((one) => {
      if (!one.isIntersecting) return;
      links.forEach((link) => link.removeAttribute('aria-current'));
      if (links.has(one.target.id)) links.get(one.target.id).setAttribute('aria-current', 'true');
    }), { rootMargin: '0px 0px -75% 0px' });
    all('main > section').forEach((section) => watch.observe(section));
  }
})();
