/* Storage that never throws: null means no such key, false means that the browser refuses storage. */
const wrap = area => ({
  get(key) {
    try {
      return window[area].getItem(key);
    } catch {
      return false;
    }
  },
  set(key, value) {
    try {
      window[area].setItem(key, value);
      return true;
    } catch {
      return false;
    }
  },
  remove(key) {
    try {
      window[area].removeItem(key);
      return true;
    } catch {
      return false;
    }
  },
});

mw.storage = { ...wrap('localStorage'), session: wrap('sessionStorage') };
