// Runs before the first paint, because a page must not change its colours or its screen under the reader's eyes.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem('highwater.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  } catch {
    // Storage is blocked: the system's theme it is.
  }
  if (location.hash.length > 2) root.dataset.elsewhere = '';

  // Files that no listener of the program hears of wait here for it: those that are dropped or chosen while it is on its
  // way, and those that are chosen in a field that has left the page while the system's dialog was open. The program
  // empties the list, and sets `taken` to hear of more.
  const early = (window.highwaterEarly = []);
  const keep = (files) => {
    early.push(...files);
    early.taken?.();
  };
  const take = (event) => {
    if (!early.taken) {
      event.preventDefault();
      if (event.type === 'drop') keep(event.dataTransfer.files);
    }
  };
  addEventListener('dragover', take);
  addEventListener('drop', take);
  addEventListener('change', ({ target }) => {
    if (!early.taken && target.files) keep(target.files);
  });
  const keepOfGone = ({ target }) => {
    if (!target.isConnected) keep(target.files);
  };
  const stay = (field) => field.addEventListener('change', keepOfGone);
  addEventListener('click', ({ target }) => target.type === 'file' && stay(target), { capture: true });
  addEventListener('DOMContentLoaded', () => document.querySelectorAll('input[type="file"]').forEach(stay));
  addEventListener('submit', (event) => event.preventDefault());
})();
