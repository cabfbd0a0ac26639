// @ts-check
/** @type {AudioContext | null} */
let audio = null;

/** A short, quiet tone. Browsers allow it after a click on the page. */
export function beep() {
  audio ??= new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  const now = audio.currentTime;
  tone.frequency.value = 880;
  volume.gain.setValueAtTime(0.12, now);
  volume.gain.exponentialRampToValueAtTime(0.001, now + 0.35);
  tone.connect(volume).connect(audio.destination);
  tone.start(now);
  tone.stop(now + 0.35);
}
