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

  // Files that are dropped or chosen while the program is still on its way wait here for it.
  const early = (window.highwaterEarly = []);
  const take = (event) => {
    if (!early.taken) {
      event.preventDefault();
      if (event.type === 'drop') early.push(...event.dataTransfer.files);
    }
  };
  addEventListener('dragover', take);
  addEventListener('drop', take);
  addEventListener('change', ({ target }) => {
    if (!early.taken && target.files) early.push(...target.files);
  });
  addEventListener('submit', (event) => event.preventDefault());
})();
