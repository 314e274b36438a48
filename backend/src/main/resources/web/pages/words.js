// Saves what somebody types when they pause. The page's own button does the same without this.
const text = document.getElementById('text'), form = text.form, told = document.getElementById('kept'), tag = form.elements.etag
const PAUSE = 2000, AGAIN = 10000, LARGEST_ON_THE_WAY_OUT = 60000
let unanswered = null, running = null, over = false, going = false, timer = 0
const words = () => {
  const all = new URLSearchParams(new FormData(form))
  all.delete('etag')
  all.set('go', 'stay')
  return all.toString()
}
let kept = words()
const tell = what => { told.textContent = told.dataset[what] || '' }
const later = (what, pause) => { clearTimeout(timer); timer = setTimeout(what, pause) }

async function post(what, leaving) {
  const answer = await fetch(form.getAttribute('action'), {
    method: 'POST', body: new URLSearchParams(what + '&etag=' + encodeURIComponent(tag.value)), redirect: 'error',
    keepalive: leaving && what.length < LARGEST_ON_THE_WAY_OUT
  })
  if (answer.status === 204) {
    tag.value = answer.headers.get('ETag')
    kept = what
    return true
  }
  // the button shows both texts, or signs in and goes on with what was typed
  over = [401, 403, 409, 412].includes(answer.status)
  tell(answer.status === 412 ? 'elsewhere' : 'failed')
  return false
}

async function save(leaving) {
  if (running || over || going) return running
  const now = words()
  if (now === kept && unanswered === null) return
  tell('saving')
  running = (async () => {
    let what = now
    try {
      // an answer that was lost on the way is asked for first, word for word: whatever stands there then is ours
      if (unanswered !== null) {
        what = unanswered
        if (!await post(what, false)) return
        unanswered = null
        what = now
      }
      if (now === kept || await post(now, leaving)) tell('saved')
    } catch {
      unanswered = what
      tell('failed')
      later(save, AGAIN)
    }
  })()
  await running
  running = null
  if (!over && unanswered === null && words() !== kept) later(save, PAUSE)
}

form.addEventListener('input', () => { if (!running) later(() => save(false), PAUSE) })
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') save(true) })
form.addEventListener('submit', async e => {
  if (going || over || (!running && unanswered === null)) {
    going = true
    clearTimeout(timer)
    return
  }
  // the form has to go with the version that its own saving makes
  e.preventDefault()
  const by = e.submitter
  await running
  if (unanswered !== null) await save(false)
  going = true
  clearTimeout(timer)
  form.requestSubmit(by)
})
