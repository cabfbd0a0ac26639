package io.liqmap.engine.core.margin;

import java.util.ArrayList;
import java.util.List;

/** Bracket tables to test with. */
public final class Brackets {
  /** BTCUSDT on Binance, 2024-10: floor, cap, rate, leverage, amount. */
  private static final double[][] BTCUSDT_2024 = {
    {0, 50e3, .004, 125, 0},
    {50e3, 600e3, .005, 100, 50},
    {600e3, 3e6, .0065, 75, 950},
    {3e6, 12e6, .01, 50, 11_450},
    {12e6, 70e6, .02, 25, 131_450},
    {70e6, 100e6, .025, 20, 481_450},
    {100e6, 230e6, .05, 10, 2_981_450},
    {230e6, 480e6, .10, 5, 14_481_450},
    {480e6, 600e6, .125, 4, 26_481_450},
    {600e6, 800e6, .15, 3, 41_481_450},
    {800e6, 1.2e9, .25, 2, 121_481_450},
    {1.2e9, 1.8e9, .50, 1, 421_481_450}
  };

  /** ETHUSDT on Binance, 2024-10. */
  private static final double[][] ETHUSDT_2024 = {
    {0, 50e3, .004, 125, 0},
    {50e3, 600e3, .005, 100, 50},
    {600e3, 3e6, .0065, 75, 950},
    {3e6, 12e6, .01, 50, 11_450},
    {12e6, 50e6, .02, 25, 131_450},
    {50e6, 65e6, .025, 20, 381_450},
    {65e6, 150e6, .05, 10, 2_006_450},
    {150e6, 320e6, .10, 5, 9_506_450},
    {320e6, 400e6, .125, 4, 17_506_450},
    {400e6, 530e6, .15, 3, 27_506_450},
    {530e6, 800e6, .25, 2, 80_506_450},
    {800e6, 1.2e9, .50, 1, 280_506_450}
  };

  /** SOLUSDT on Binance, 2024-10. */
  private static final double[][] SOLUSDT_2024 = {
    {0, 20e3, .005, 100, 0},
    {20e3, 100e3, .0065, 75, 30},
    {100e3, 800e3, .01, 50, 380},
    {800e3, 4e6, .02, 25, 8_380},
    {4e6, 8e6, .025, 20, 28_380},
    {8e6, 40e6, .05, 10, 228_380},
    {40e6, 80e6, .10, 5, 2_228_380},
    {80e6, 100e6, .125, 4, 4_228_380},
    {100e6, 200e6, .25, 2, 16_728_380},
    {200e6, 400e6, .50, 1, 66_728_380}
  };

  /** BTCUSDT on Binance, 2021. */
  private static final double[][] BTCUSDT_2021 = {
    {0, 50e3, .004, 125, 0},
    {50e3, 250e3, .005, 100, 50},
    {250e3, 1e6, .01, 50, 1_300},
    {1e6, 10e6, .025, 20, 16_300},
    {10e6, 20e6, .05, 10, 266_300},
    {20e6, 50e6, .10, 5, 1_266_300},
    {50e6, 100e6, .125, 4, 2_516_300},
    {100e6, 200e6, .15, 3, 5_016_300},
    {200e6, 300e6, .25, 2, 25_016_300},
    {300e6, 500e6, .50, 1, 100_016_300}
  };

  private Brackets() {}

  /** A table in coin: Binance's figures for BTCUSDT at 60,000 to the coin. */
  public static BracketTable inCoin() {
    final List<Bracket> rows = new ArrayList<>();
    for (final Bracket row : btcusdt2024().brackets()) {
      rows.add(
          new Bracket(
              row.floor() / 60_000,
              row.cap() / 60_000,
              row.maintenanceRate(),
              row.maintenanceAmount() / 60_000,
              row.maxLeverage()));
    }
    return new BracketTable(rows);
  }

  /** One bracket for any notional. */
  public static BracketTable flat(final double rate) {
    return table(new double[] {0, 1e12, rate, 125, 0});
  }

  public static BracketTable btcusdt2024() {
    return table(BTCUSDT_2024);
  }

  public static BracketTable ethusdt2024() {
    return table(ETHUSDT_2024);
  }

  public static BracketTable solusdt2024() {
    return table(SOLUSDT_2024);
  }

  public static BracketTable btcusdt2021() {
    return table(BTCUSDT_2021);
  }

  static BracketTable table(final double[]... rows) {
    return new BracketTable(brackets(rows));
  }

  static List<Bracket> brackets(final double[]... rows) {
    final List<Bracket> brackets = new ArrayList<>();
    for (final double[] row : rows) {
      brackets.add(new Bracket(row[0], row[1], row[2], row[4], row[3]));
    }
    return brackets;
  }
}
