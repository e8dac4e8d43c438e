// Lets one drag the chapters of a manual into another order; the buttons beside them do the same. The order is sent by the form.
const list = document.querySelector('[data-outline=own]');
const form = list?.closest('form');

let dragged = null;

list?.querySelectorAll('[data-slug]').forEach((row) => {
  row.draggable = true;
  row.addEventListener('dragstart', (event) => {
    dragged = row;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', row.dataset.slug);
  });
  row.addEventListener('dragover', (event) => {
    if (!dragged || dragged === row) return;
    event.preventDefault();
    const { top, height } = row.getBoundingClientRect();
    row[event.clientY < top + height / 2 ? 'before' : 'after'](dragged);
  });
});

list?.addEventListener('drop', (event) => event.preventDefault());
list?.addEventListener('dragend', () => {
  if (!dragged) return;
  dragged = null;
  form.elements.order.value = [...list.querySelectorAll('[data-slug]')].map((row) => row.dataset.slug).join(',');
  const act = Object.assign(document.createElement('input'), { type: 'hidden', name: 'act', value: 'order' });
  form.append(act);
  form.submit();
});
