package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.map.GroupSettings;
import io.liqmap.engine.shared.SharedFile;

/**
 * Offsets in the bytes of a view, as {@code engine/VIEW.md} describes them. Immutable.
 *
 * @param regions as many as there are maps: instruments by variants, 1 to 65536
 * @param variants maps of each instrument, 1 to 16
 * @param buckets of each side, outward from the anchor: 16 to 65536
 * @param clusters at most, 1 to 1024
 * @param leverages at most, 1 to 64
 * @param members of a group, at most, 0 (no groups) to 16
 */
record ViewLayout(
    int regions, int variants, int buckets, int clusters, int leverages, int members) {
  static final int MAX_VARIANTS = 16;
  static final long MAX_LENGTH = 1L << 30;

  // File header.
  static final int REGIONS = 12;
  static final int REGION_LENGTH = 16;
  static final int FIRST_REGION = 24;
  static final int BUCKETS = 32;
  static final int HEADER_SLOTS_AT = 36;
  static final int BODY_SLOTS_AT = 40;
  static final int CLUSTERS = 44;
  static final int LEVERAGES = 48;
  static final int LOG_WIDTH = 56;
  static final int ENDED = 64;
  static final int PROCESS = 72;
  static final int PROCESS_START = 80;
  static final int HEARTBEAT = 88;
  static final int HELD = 96;
  static final int VARIANTS = 100;
  static final int MEMBERS = 104;
  static final int ENGINE = 108;
  static final int FILE_HEADER_LENGTH = SharedFile.HEADER_LENGTH;

  // Region.
  static final int LATEST = 0;
  static final int STATIC = 128;
  static final int SYMBOL = STATIC;
  static final int SYMBOL_LENGTH = 32;
  static final int BASE_ASSET = SYMBOL + SYMBOL_LENGTH;
  static final int QUOTE_ASSET = BASE_ASSET + 16;
  static final int ASSET_LENGTH = 16;
  static final int VENUE = QUOTE_ASSET + ASSET_LENGTH;
  static final int PRICE_UNIT = VENUE + ASSET_LENGTH;
  static final int LEVERAGE_COUNT = PRICE_UNIT + 8;
  static final int MEMBER_COUNT = LEVERAGE_COUNT + 4;
  static final int VARIANT = LEVERAGE_COUNT + 8;
  static final int VARIANT_LENGTH = 48;
  static final int LEVERAGE_VALUES = VARIANT + VARIANT_LENGTH;

  // Header slot.
  static final int HEADER_SLOTS = 8;
  static final int HEADER_LENGTH = 640;
  static final int STAMP = 0;
  static final int BODY = 8;
  static final int SEQUENCE = 16;
  static final int TIME = 24;
  static final int MARK_MANTISSA = 32;
  static final int MARK = 40;
  static final int OPEN_INTEREST = 48;
  static final int COVERAGE_LONG = 56;
  static final int COVERAGE_SHORT = 64;
  static final int QUALITY = 72;
  static final int MISSING = 80;
  static final int REJECTED = 88;
  static final int VOLATILITY = 96;
  static final int IMPACT = 104;
  static final int SWEPT_LONG = 112;
  static final int SWEPT_SHORT = 120;
  static final int OBSERVED_LONG = 128;
  static final int OBSERVED_SHORT = 136;
  static final int MARK_BUCKET = 144;
  static final int REFERENCE = 148;
  static final int BODY_SEQUENCE = 152;
  static final int BAR_LENGTH = 160;
  static final int MAX_PAIN_LONG = 176;
  static final int MAX_PAIN_LONG_NOTIONAL = 184;
  static final int MAX_PAIN_SHORT = 192;
  static final int MAX_PAIN_SHORT_NOTIONAL = 200;
  static final int MAX_PAIN = 208;
  static final int MAX_PAIN_NOTIONAL = 216;
  static final int CALIBRATION_LONG = 224;
  static final int CALIBRATION_SHORT = 228;
  static final int SCORE_LONG = 232;
  static final int SCORE_SHORT = 264;
  static final int OUT_OF_REACH_LONG = 296;
  static final int OUT_OF_REACH_SHORT = 304;
  static final int UNMAPPED_LONG = 312;
  static final int UNMAPPED_SHORT = 320;
  static final int MARKET = 328;
  static final int SETTLED_FUNDING = 328;
  static final int SETTLED_FUNDING_TIME = 336;
  static final int FUNDING = 344;
  static final int FUNDING_TIME = 352;
  static final int NEXT_FUNDING = 360;
  static final int FUNDING_INTERVAL = 368;
  static final int BASIS = 376;
  static final int MEAN_BASIS = 384;
  static final int BASIS_TIME = 392;
  static final int ACCOUNT_RATIO = 400;
  static final int ACCOUNT_RATIO_TIME = 408;
  static final int OPEN_INTEREST_TIME = 416;
  static final int MARKET_WINDOWS = 424;
  static final int MARKET_END = 584;
  static final int DISPERSION_LONG = 584;
  static final int DISPERSION_SHORT = 592;
  static final int CHECK_SEQUENCE = 600;
  static final int CHECK = 608;
  static final int PREVIOUS_CHECK_SEQUENCE = 616;
  static final int PREVIOUS_CHECK = 624;
  static final int HEADER_USED = 632;

  // Window of the market, in the header slot.
  static final int MARKET_WINDOW_LENGTH = 40;
  static final int WINDOW_SINCE = 0;
  static final int WINDOW_CHANGE = 8;
  static final int WINDOW_MOVE = 16;
  static final int WINDOW_FLOW = 24;
  static final int WINDOW_NET = 32;

  // Score of a side, in the header slot.
  static final int RATIO = 0;
  static final int RATIO_LOW = 8;
  static final int RATIO_HIGH = 16;
  static final int DAYS = 24;

  // Body slot.
  static final int BODY_SLOTS = 4;
  static final int ANCHOR = 8;
  static final int CLUSTER_COUNT = 12;
  static final int BEYOND_LONG = 16;
  static final int BEYOND_SHORT = 24;
  static final int CUMULATIVE = 32;

  // Cluster record.
  static final int CLUSTER_ID = 0;
  static final int CLUSTER_SIDE = 8;
  static final int CLUSTER_STATE = 12;
  static final int CLUSTER_BORN = 16;
  static final int CLUSTER_LOW = 24;
  static final int CLUSTER_HIGH = 28;
  static final int CLUSTER_PEAK = 32;
  static final int CLUSTER_CONFLUENCE = 36;
  static final int CLUSTER_NOTIONAL = 40;
  static final int CLUSTER_PEAK_NOTIONAL = 48;
  static final int CLUSTER_LARGEST = 56;
  static final int CLUSTER_BY_LEVERAGE = 64;

  // Member record of a group, behind the cluster records.
  static final int MEMBER_INSTRUMENT = 0;
  static final int MEMBER_STATE = 4;
  static final int MEMBER_TIME = 8;
  static final int MEMBER_MARK = 16;
  static final int MEMBER_OPEN_INTEREST = 24;
  static final int MEMBER_LONG = 32;
  static final int MEMBER_SHORT = 40;
  static final int MEMBER_COVERAGE_LONG = 48;
  static final int MEMBER_COVERAGE_SHORT = 56;
  static final int MEMBER_LENGTH = 64;

  /** Of a member's name, behind the leverages. */
  static final int MEMBER_NAME_LENGTH = 64;

  /** Two cache lines, because processors fetch them in pairs. */
  static final int LINE = 128;

  ViewLayout {
    check("regions", regions, 1, 65_536);
    check("maps of an instrument", variants, 1, MAX_VARIANTS);
    if (regions % variants != 0) {
      throw new IllegalArgumentException(
          "a view has " + variants + " regions for each instrument, not " + regions + " in all");
    }
    check("buckets", buckets, 16, 65_536);
    check("clusters", clusters, 1, 1_024);
    check("leverages", leverages, 1, 64);
    check("members of a group", members, 0, GroupSettings.MAX_MEMBERS);
    final long length =
        FILE_HEADER_LENGTH + (long) regions * regionLength(buckets, clusters, leverages, members);
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a view of "
              + regions / variants
              + " instruments, "
              + (variants > 1 ? variants + " maps of each, " : "")
              + buckets
              + " buckets and "
              + clusters
              + " clusters takes "
              + length
              + " bytes, more than "
              + MAX_LENGTH);
    }
  }

  private static void check(final String what, final int value, final int least, final int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "a view has " + least + " to " + most + " " + what + ", not " + value);
    }
  }

  private static int lines(final int length) {
    return (length + LINE - 1) / LINE * LINE;
  }

  private static int headersAt(final int leverages, final int members) {
    return lines(LEVERAGE_VALUES + 8 * leverages + MEMBER_NAME_LENGTH * members);
  }

  private static int bodyLength(
      final int buckets, final int clusters, final int leverages, final int members) {
    return lines(
        CUMULATIVE + 16 * buckets + clusters * clusterLength(leverages) + members * MEMBER_LENGTH);
  }

  private static int clusterLength(final int leverages) {
    return CLUSTER_BY_LEVERAGE + 8 * leverages;
  }

  private static long regionLength(
      final int buckets, final int clusters, final int leverages, final int members) {
    return headersAt(leverages, members)
        + HEADER_SLOTS * HEADER_LENGTH
        + (long) BODY_SLOTS * bodyLength(buckets, clusters, leverages, members);
  }

  int length() {
    return FILE_HEADER_LENGTH + regions * regionLength();
  }

  int regionLength() {
    return (int) regionLength(buckets, clusters, leverages, members);
  }

  /** How many instruments there is room for. */
  int instruments() {
    return regions / variants;
  }

  int region(final int number) {
    return FILE_HEADER_LENGTH + number * regionLength();
  }

  /** Header slot of a publication. */
  int header(final int number, final long publication) {
    return region(number)
        + headersAt(leverages, members)
        + (int) (publication & HEADER_SLOTS - 1) * HEADER_LENGTH;
  }

  /** Slot of a body. */
  int body(final int number, final long body) {
    return region(number)
        + headersAt(leverages, members)
        + HEADER_SLOTS * HEADER_LENGTH
        + (int) (body & BODY_SLOTS - 1) * bodyLength(buckets, clusters, leverages, members);
  }

  /** From the start of a body to the cumulative notionals of the shorts; the longs' come first. */
  int cumulativeShort() {
    return CUMULATIVE + 8 * buckets;
  }

  /** From the start of a body to a cluster. */
  int cluster(final int number) {
    return CUMULATIVE + 16 * buckets + number * clusterLength(leverages);
  }

  /** From the start of a body to the records of a group's members. */
  int memberRecords() {
    return cluster(clusters);
  }

  /** From the start of a region to the name of a group's member. */
  int memberName(final int number) {
    return LEVERAGE_VALUES + 8 * leverages + MEMBER_NAME_LENGTH * number;
  }
}
