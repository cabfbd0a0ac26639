/*
 * Prints the state in a view: liqmap_view FILE INSTRUMENT [--map NAME] [--low P --high P] [--wait SEQUENCE]
 *
 * Bytes and protocol: engine/VIEW.md. An instrument is venue:symbol, or a symbol of one venue. One `name value` per line; exits with 0 fine, 1 no such instrument, or one of several venues, nothing
 * published, or a writer that is gone or hangs before the awaited sequence, 2 wrong usage, 3 no view, or a damaged one.
 *
 *   cc -std=c11 -O2 -Wall -Wextra -Werror -o liqmap_view liqmap_view.c -lm
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "views are little-endian, and so has to be the machine that reads one with this"
#endif

_Static_assert(sizeof(double) == 8, "doubles of 8 bytes");
_Static_assert(sizeof(_Atomic uint64_t) == 8, "atomics without a lock beside them");

enum { FINE = 0, NOTHING = 1, USAGE = 2, NO_VIEW = 3 };

enum { FILE_HEADER = 128, HEADER_SLOT = 640, HEADER_USED = 600, BODY_FIXED = 32, TRIES = 64 };

static const int64_t MAX_LENGTH = INT64_C(1) << 30;

/* A heart beats twice a second; a state is whole within milliseconds. */
static const int64_t SILENCE_MS = 5000, UNREADABLE_MS = 2000, UNKNOWN_MS = 60000, LOOK_MS = 250;
static const int64_t UNREADABLE = 1000;

struct view {
  const unsigned char *bytes;
  int descriptor;
  int64_t regions, maps, buckets, headers, bodies, clusters, leverages, members;
  int64_t region_length, headers_at, body_length, cluster_length;
  double log_width;
};

/* A whole copy. */
struct state {
  int64_t publication, body_number;
  int64_t anchor, cluster_count;
  unsigned char *header;
  unsigned char *body;
};

static int32_t int32_at(const unsigned char *at) {
  int32_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

static int64_t int64_at(const unsigned char *at) {
  int64_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

static double double_at(const unsigned char *at) {
  double value;
  memcpy(&value, at, sizeof value);
  return value;
}

/* Shared words are read whole; content in relaxed loads, because a plain one that races is undefined. */
static int64_t load(const unsigned char *at, memory_order order) {
  return (int64_t)atomic_load_explicit((_Atomic uint64_t *)(uintptr_t)at, order);
}

static void copy(unsigned char *to, const unsigned char *from, int64_t length) {
  for (int64_t i = 0; i < length; i += 8) {
    const int64_t word = load(from + i, memory_order_relaxed);
    memcpy(to + i, &word, sizeof word);
  }
}

static int64_t lines(int64_t length) { return (length + 127) / 128 * 128; }

static bool within(int64_t value, int64_t least, int64_t most) { return value >= least && value <= most; }

static const char *describe(struct view *view, const unsigned char *b, int64_t size) {
  if (size < FILE_HEADER || memcmp(b, "LIQVIEW1", 8) != 0) {
    return "no view, it doesn't start with LIQVIEW1";
  }
  if (int32_at(b + 8) != 3) {
    return "a view of another layout than 3";
  }
  view->bytes = b;
  view->regions = int32_at(b + 12);
  view->buckets = int32_at(b + 32);
  view->headers = int32_at(b + 36);
  view->bodies = int32_at(b + 40);
  view->clusters = int32_at(b + 44);
  view->leverages = int32_at(b + 48);
  view->log_width = double_at(b + 56);
  view->maps = int32_at(b + 100);
  view->members = int32_at(b + 104);
  if (!within(view->regions, 1, 65536) || !within(view->maps, 1, 16) || view->regions % view->maps != 0 ||
      !within(view->buckets, 16, 65536) || !within(view->clusters, 1, 1024) ||
      !within(view->leverages, 1, 64) || !within(view->members, 0, 16) || view->headers != 8 || view->bodies != 4 ||
      !(view->log_width > 0 && view->log_width < 1)) {
    return "a damaged view, its counts are impossible";
  }
  view->cluster_length = 64 + 8 * view->leverages;
  view->headers_at = lines(272 + 8 * view->leverages + 64 * view->members);
  view->body_length =
      lines(BODY_FIXED + 16 * view->buckets + view->clusters * view->cluster_length + 64 * view->members);
  view->region_length = view->headers_at + HEADER_SLOT * view->headers + view->bodies * view->body_length;
  if (int64_at(b + 16) != view->region_length || int64_at(b + 24) != FILE_HEADER ||
      FILE_HEADER + view->regions * view->region_length != size) {
    return "a damaged view, its lengths don't agree";
  }
  return NULL;
}

static const char *map(struct view *view, const char *file) {
  /* A FIFO would be waited for. The file stays open: its lock says whether the writer lives. */
  const int descriptor = open(file, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (descriptor < 0) {
    return errno == EACCES ? "no permission to read it" : "opening it failed";
  }
  view->descriptor = descriptor;
  struct stat status;
  const char *fault = NULL;
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size < FILE_HEADER ||
      status.st_size > MAX_LENGTH) {
    fault = "no view, a view has 128 bytes to 1 GiB";
  } else {
    void *mapped = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, descriptor, 0);
    fault = mapped == MAP_FAILED ? "mapping it failed" : describe(view, mapped, status.st_size);
  }
  return fault;
}

/* A file that is cut off while it is mapped. */
static void cut_off(int number) {
  (void)number;
  static const char text[] = "the view was cut off while it was read\n";
  const ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
  (void)ignored;
  _exit(NO_VIEW);
}

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A writer as observed, by this machine's clock. */
struct watch {
  int64_t looked, heartbeat, beat, latest, published;
};

/* NULL while the writer may still publish. Asks the system at most four times a second. */
static const char *gone(const struct view *view, const unsigned char *region, struct watch *watch) {
  const int64_t now = now_ms();
  if (watch->looked != 0 && now - watch->looked < LOOK_MS) {
    return NULL;
  }
  /* Time in which this process didn't run either doesn't count as the writer's silence. */
  const bool is_gap = watch->looked == 0 || now - watch->looked > 4 * LOOK_MS;
  watch->looked = now;
  const int64_t heartbeat = load(view->bytes + 88, memory_order_acquire);
  const int64_t latest = load(region, memory_order_acquire);
  if (is_gap || heartbeat != watch->heartbeat) {
    watch->heartbeat = heartbeat;
    watch->beat = now;
  }
  if (is_gap || latest != watch->latest) {
    watch->latest = latest;
    watch->published = now;
  }
  if (int32_at(view->bytes + 96) != 0) {
    struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
    if (fcntl(view->descriptor, F_GETLK, &lock) == 0 && lock.l_type == F_UNLCK) {
      return "the writer is gone";
    }
  } else {
    const int64_t process = int64_at(view->bytes + 72);
    if (process < 1 || process > INT32_MAX || (kill((pid_t)process, 0) != 0 && errno == ESRCH)) {
      return "the writer is gone";
    }
  }
  if (heartbeat != 0 && now - watch->beat > SILENCE_MS) {
    return "the writer hasn't beaten for 5 s: it was stopped, or hangs";
  }
  if (heartbeat == 0 && now - watch->published > UNKNOWN_MS) {
    return "nothing was published for 60 s, and the writer doesn't say that it lives";
  }
  return NULL;
}

/* Whether a region's text, zero padded, is the first `length` characters of another. */
static bool is_text(const unsigned char *text, size_t room, const char *other, size_t length) {
  return length <= room && memcmp(text, other, length) == 0 && (length == room || text[length] == 0);
}

/* NAME is venue:symbol, or a symbol of one venue. A venue has no colon, a symbol may. NULL if it is none or several. */
static const unsigned char *find(const struct view *view, const char *name, int64_t *found) {
  const char *colon = strchr(name, ':');
  const unsigned char *by_symbol = NULL;
  *found = 0;
  for (int64_t i = 0; i < view->regions; i += view->maps) {
    const unsigned char *region = view->bytes + FILE_HEADER + i * view->region_length;
    if (load(region, memory_order_acquire) <= 0) {
      continue;
    }
    if (colon != NULL && is_text(region + 192, 16, name, (size_t)(colon - name)) &&
        is_text(region + 128, 32, colon + 1, strlen(colon + 1))) {
      *found = 1;
      return region;
    }
    if (is_text(region + 128, 32, name, strlen(name))) {
      by_symbol = region;
      ++*found;
    }
  }
  return *found == 1 ? by_symbol : NULL;
}

/* An instrument's map of a name, given the region of its first. NULL if it isn't published. */
static const unsigned char *map_of(const struct view *view, const unsigned char *first, const char *name) {
  for (int64_t i = 0; i < view->maps; i++) {
    const unsigned char *region = first + i * view->region_length;
    if (load(region, memory_order_acquire) > 0 && is_text(region + 224, 48, name, strlen(name))) {
      return region;
    }
  }
  return NULL;
}

/* The full names that a symbol may mean. */
static void list(const struct view *view, const char *symbol) {
  for (int64_t i = 0; i < view->regions; i += view->maps) {
    const unsigned char *region = view->bytes + FILE_HEADER + i * view->region_length;
    if (load(region, memory_order_acquire) > 0 && is_text(region + 128, 32, symbol, strlen(symbol))) {
      fprintf(stderr, " %.16s:%.32s", (const char *)region + 192, (const char *)region + 128);
    }
  }
}

static bool copy_slot(unsigned char *to, const unsigned char *slot, int64_t number, int64_t length) {
  if (load(slot, memory_order_acquire) != number) {
    return false;
  }
  copy(to, slot, length);
  atomic_thread_fence(memory_order_acquire);
  return load(slot, memory_order_relaxed) == number;
}

/* Whether the newest state is held now. */
static bool refresh(const struct view *view, const unsigned char *region, struct state *state) {
  for (int attempt = 0; attempt < TRIES; attempt++) {
    const int64_t latest = load(region, memory_order_acquire);
    if (latest <= state->publication) {
      return true;
    }
    const unsigned char *slots = region + view->headers_at;
    unsigned char header[HEADER_USED];
    if (!copy_slot(header, slots + latest % view->headers * HEADER_SLOT, latest, HEADER_USED)) {
      continue;
    }
    const int64_t number = int64_at(header + 8);
    if (number < 1) {
      continue;
    }
    if (number != state->body_number) {
      const unsigned char *bodies = slots + view->headers * HEADER_SLOT;
      /* A body that is lapped while it is copied is invalid. */
      state->body_number = 0;
      state->publication = 0;
      if (!copy_slot(state->body, bodies + number % view->bodies * view->body_length, number, view->body_length)) {
        continue;
      }
      state->body_number = number;
    }
    memcpy(state->header, header, HEADER_USED);
    state->publication = latest;
    state->anchor = int32_at(state->body + 8);
    const int64_t count = int32_at(state->body + 12);
    state->cluster_count = count < 0 ? 0 : count > view->clusters ? view->clusters : count;
    return true;
  }
  return false;
}

/* Notional of a side from the anchor outward to a price. */
static double outward(const struct view *view, const struct state *state, double unit, bool is_short, double price) {
  const double x = log(price / unit) / view->log_width;
  const double distance = is_short ? x - (double)state->anchor : (double)state->anchor + 1 - x;
  const unsigned char *cumulative = state->body + BODY_FIXED + (is_short ? 8 * view->buckets : 0);
  if (!(distance > 0)) {
    return 0;
  }
  if (distance >= (double)view->buckets) {
    return double_at(cumulative + 8 * (view->buckets - 1));
  }
  const int64_t whole = (int64_t)distance;
  const double before = whole == 0 ? 0 : double_at(cumulative + 8 * (whole - 1));
  return before + (distance - (double)whole) * (double_at(cumulative + 8 * whole) - before);
}

static double between(const struct view *view, const struct state *state, double unit, bool is_short, double low,
                      double high) {
  return fabs(outward(view, state, unit, is_short, low) - outward(view, state, unit, is_short, high));
}

/* How far a side's amounts have been borne out, and what of its open interest is off the map. */
static void print_side(const char *side, int32_t status, const unsigned char *score, const unsigned char *off) {
  printf("out_of_reach_%s %.17g\nunmapped_%s %.17g\n", side, double_at(off), side, double_at(off + 16));
  printf("calibration_%s %" PRId32 "\n", side, status);
  printf("expected_over_realised_%s %.17g\n", side, double_at(score));
  printf("expected_over_realised_low_%s %.17g\n", side, double_at(score + 8));
  printf("expected_over_realised_high_%s %.17g\n", side, double_at(score + 16));
  printf("scored_days_%s %.17g\n", side, double_at(score + 24));
}

/* Funding, basis, accounts; change of open interest and taker flow by window. */
static void print_market(const unsigned char *h) {
  static const char *const windows[] = {"5m", "1h", "4h", "24h"};
  printf("settled_funding_rate %.17g\nsettled_funding_time %" PRId64 "\n", double_at(h + 328), int64_at(h + 336));
  printf("funding_rate %.17g\nfunding_time %" PRId64 "\n", double_at(h + 344), int64_at(h + 352));
  printf("next_funding_time %" PRId64 "\nfunding_interval %" PRId64 "\n", int64_at(h + 360), int64_at(h + 368));
  printf("basis_bps %.17g\nmean_basis_bps %.17g\n", double_at(h + 376), double_at(h + 384));
  printf("basis_time %" PRId64 "\n", int64_at(h + 392));
  printf("account_ratio %.17g\naccount_ratio_time %" PRId64 "\n", double_at(h + 400), int64_at(h + 408));
  printf("open_interest_time %" PRId64 "\n", int64_at(h + 416));
  for (int i = 0; i < 4; i++) {
    const unsigned char *w = h + 424 + 40 * i;
    printf("since_%s %" PRId64 "\n", windows[i], int64_at(w));
    printf("open_interest_change_%s %.17g\n", windows[i], double_at(w + 8));
    printf("open_interest_move_%s %.17g\n", windows[i], double_at(w + 16));
    printf("taker_flow_%s %.17g\ntaker_net_%s %.17g\n", windows[i], double_at(w + 24), windows[i], double_at(w + 32));
  }
}

static void print(const struct view *view, const unsigned char *region, const struct state *state, double low,
                  double high) {
  const unsigned char *h = state->header;
  const double unit = double_at(region + 208);
  int64_t leverages = int32_at(region + 216);
  leverages = leverages < 0 ? 0 : leverages > view->leverages ? view->leverages : leverages;
  printf("publication %" PRId64 "\n", state->publication);
  printf("sequence %" PRId64 "\n", int64_at(h + 16));
  printf("time %" PRId64 "\n", int64_at(h + 24));
  printf("mark %.17g\n", double_at(h + 40));
  printf("open_interest %.17g\n", double_at(h + 48));
  printf("coverage_long %.17g\n", double_at(h + 56));
  printf("coverage_short %.17g\n", double_at(h + 64));
  print_side("long", int32_at(h + 224), h + 232, h + 296);
  print_side("short", int32_at(h + 228), h + 264, h + 304);
  printf("quality %" PRId64 "\n", int64_at(h + 72));
  printf("max_pain %.17g\n", double_at(h + 208));
  printf("max_pain_notional %.17g\n", double_at(h + 216));
  printf("max_pain_long %.17g\n", double_at(h + 176));
  printf("max_pain_short %.17g\n", double_at(h + 192));
  print_market(h);
  printf("dispersion_long %.17g\ndispersion_short %.17g\n", double_at(h + 584), double_at(h + 592));
  printf("low %.17g\nhigh %.17g\n", low, high);
  printf("notional_long %.17g\n", between(view, state, unit, false, low, high));
  printf("notional_short %.17g\n", between(view, state, unit, true, low, high));
  printf("clusters %" PRId64 "\n", state->cluster_count);
  for (int64_t i = 0; i < state->cluster_count; i++) {
    const unsigned char *c = state->body + BODY_FIXED + 16 * view->buckets + i * view->cluster_length;
    printf("cluster_%" PRId64 "_id %" PRId64 "\n", i, int64_at(c));
    printf("cluster_%" PRId64 "_side %s\n", i, int32_at(c + 8) == 0 ? "long" : "short");
    printf("cluster_%" PRId64 "_state %" PRId32 "\n", i, int32_at(c + 12));
    printf("cluster_%" PRId64 "_born %" PRId64 "\n", i, int64_at(c + 16));
    printf("cluster_%" PRId64 "_low %.17g\n", i, exp(int32_at(c + 24) * view->log_width) * unit);
    printf("cluster_%" PRId64 "_high %.17g\n", i, exp((int32_at(c + 28) + 1.0) * view->log_width) * unit);
    printf("cluster_%" PRId64 "_peak %.17g\n", i, exp((int32_at(c + 32) + .5) * view->log_width) * unit);
    printf("cluster_%" PRId64 "_notional %.17g\n", i, double_at(c + 40));
    for (int64_t t = 0; t < leverages; t++) {
      printf("cluster_%" PRId64 "_at_%gx %.17g\n", i, double_at(region + 272 + 8 * t), double_at(c + 64 + 8 * t));
    }
  }
}

static int usage(void) {
  fprintf(stderr, "usage: liqmap_view FILE INSTRUMENT [--map NAME] [--low P --high P] [--wait SEQUENCE]\n");
  return USAGE;
}

static bool parse_price(const char *text, double *price) {
  char *end;
  *price = strtod(text, &end);
  return end != text && *end == 0 && isfinite(*price) && *price > 0;
}

static bool parse_sequence(const char *text, int64_t *sequence) {
  char *end;
  const long long value = strtoll(text, &end, 10);
  *sequence = value;
  return end != text && *end == 0;
}

int main(int count, char **arguments) {
  double low = NAN, high = NAN;
  const char *name = NULL;
  int64_t awaited = INT64_MIN;
  if (count < 3 || count % 2 == 0) {
    return usage();
  }
  for (int i = 3; i < count; i += 2) {
    const char *value = arguments[i + 1];
    const bool is_understood = strcmp(arguments[i], "--low") == 0    ? parse_price(value, &low)
                               : strcmp(arguments[i], "--high") == 0 ? parse_price(value, &high)
                               : strcmp(arguments[i], "--wait") == 0 ? parse_sequence(value, &awaited)
                               : strcmp(arguments[i], "--map") == 0  ? (name = value, true)
                                                                     : false;
    if (!is_understood) {
      return usage();
    }
  }
  if (isnan(low) != isnan(high)) {
    return usage();
  }
  signal(SIGBUS, cut_off);
  struct view view;
  const char *fault = map(&view, arguments[1]);
  if (fault != NULL) {
    fprintf(stderr, "%s: %s\n", arguments[1], fault);
    return NO_VIEW;
  }
  int64_t found;
  const unsigned char *region = find(&view, arguments[2], &found);
  if (found > 1) {
    fprintf(stderr, "%s: several venues have %s, name one of", arguments[1], arguments[2]);
    list(&view, arguments[2]);
    fprintf(stderr, "\n");
    return NOTHING;
  }
  if (region != NULL && name != NULL) {
    region = map_of(&view, region, name);
  }
  if (region == NULL) {
    fprintf(stderr, "%s: nothing published of %s\n", arguments[1], arguments[2]);
    return NOTHING;
  }
  struct state state = {.header = malloc(HEADER_USED), .body = malloc((size_t)view.body_length)};
  if (state.header == NULL || state.body == NULL) {
    fprintf(stderr, "no memory for a body of %" PRId64 " bytes\n", view.body_length);
    return NO_VIEW;
  }
  const struct timespec pause = {.tv_nsec = 100000};
  struct watch watch = {0};
  int64_t whole = now_ms(), failures = 0;
  for (;;) {
    /* What was published before the end has to be seen after it. */
    const bool has_ended = load(view.bytes + 64, memory_order_acquire) != 0;
    const char *why = has_ended ? "the writer has ended" : gone(&view, region, &watch);
    const bool is_newest = refresh(&view, region, &state);
    if (state.publication > 0 && int64_at(state.header + 16) >= awaited) {
      break;
    }
    const int64_t now = now_ms();
    whole = is_newest ? now : whole;
    failures = is_newest ? 0 : failures + 1;
    if (is_newest && why != NULL) {
      fprintf(stderr, "%s: %s before %" PRId64 "\n", arguments[1], why, awaited);
      return NOTHING;
    }
    if (!is_newest && (why != NULL || (failures > UNREADABLE && now - whole > UNREADABLE_MS))) {
      fprintf(stderr, "%s: no whole state can be read: a damaged view, or this machine is far too slow\n",
              arguments[1]);
      return NO_VIEW;
    }
    nanosleep(&pause, NULL);
  }
  if (isnan(low)) {
    low = double_at(region + 208) * exp((double)(state.anchor + 1 - view.buckets) * view.log_width);
    high = double_at(region + 208) * exp((double)(state.anchor + view.buckets) * view.log_width);
  }
  print(&view, region, &state, low, high);
  return FINE;
}
