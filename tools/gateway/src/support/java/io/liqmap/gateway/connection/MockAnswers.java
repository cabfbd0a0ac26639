package io.liqmap.gateway.connection;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers to requests in the forms of the venues, with made-up values. */
final class MockAnswers {
  private MockAnswers() {}

  /** The answer to a path; null where there is none. */
  static String to(final String path) {
    final String asked = path.replaceAll("\\?.*", "");
    final String symbol = parameter(path, path.contains("instId=") ? "instId" : "symbol");
    final long now = System.currentTimeMillis();
    final String answer =
        switch (asked) {
          case "/fapi/v1/exchangeInfo" -> binanceContracts();
          case "/fapi/v1/openInterest" ->
              "{'symbol':'%s','openInterest':'%d.125','time':%d}"
                  .formatted(symbol, 90_000 + now % 1_000, now);
          case "/futures/data/globalLongShortAccountRatio" ->
              ("[{'symbol':'%s','longAccount':'0.6','longShortRatio':'1.5','shortAccount':'0.4',"
                      + "'timestamp':%d}]")
                  .formatted(symbol, now);
          case "/v5/market/instruments-info" -> bybitContracts(parameter(path, "category"));
          case "/v5/market/risk-limit" -> bybitTiers(parameter(path, "category"), symbol);
          case "/v5/market/account-ratio" ->
              ("{'retCode':0,'retMsg':'OK','result':{'list':[{'symbol':'%s','buyRatio':'0.55',"
                      + "'sellRatio':'0.45','timestamp':'%d'}]},'time':%d}")
                  .formatted(symbol, now, now);
          case "/api/v5/public/instruments" -> okxContracts();
          case "/api/v5/public/position-tiers" -> okxTiers(parameter(path, "instFamily"));
          case "/api/v5/public/mark-price" ->
              ("{'code':'0','msg':'','data':[{'instType':'SWAP','instId':'%s','markPx':'%s',"
                      + "'ts':'%d'}]}")
                  .formatted(symbol, symbol.startsWith("BTC") ? "80000.0" : "2500.00", now);
          case "/info" -> hyperliquidMeta();
          default -> null;
        };
    return answer == null ? null : answer.replace('\'', '"');
  }

  /** Whether a session asks for it again and again. */
  static boolean isPoll(final String path) {
    return path.contains("openInterest")
        || path.contains("ccountRatio")
        || path.contains("account-ratio");
  }

  private static String parameter(final String path, final String name) {
    return Stream.of(path.replaceAll(".*\\?", "").split("&", -1))
        .filter((part) -> part.startsWith(name + "="))
        .map((part) -> part.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  private static String binanceContracts() {
    return Stream.of("BTC 0.10 0.001", "ETH 0.01 0.001")
        .map((words) -> words.split(" ", -1))
        .map(
            (of) ->
                String.format(
                    Locale.ROOT,
                    "{'symbol':'%1$sUSDT','pair':'%1$sUSDT','contractType':'PERPETUAL',"
                        + "'status':'TRADING','baseAsset':'%1$s','quoteAsset':'USDT','filters':["
                        + "{'filterType':'PRICE_FILTER','tickSize':'%2$s'},"
                        + "{'filterType':'LOT_SIZE','stepSize':'%3$s'}]}",
                    (Object[]) of))
        .collect(Collectors.joining(",", "{'timezone':'UTC','symbols':[", "]}"));
  }

  private static String bybitContracts(final String category) {
    final Stream<String> contracts =
        category.equals("inverse")
            ? Stream.of("BTCUSD InversePerpetual BTC USD 0.50 1")
            : Stream.of(
                "BTCUSDT LinearPerpetual BTC USDT 0.10 0.001",
                "ETHUSDT LinearPerpetual ETH USDT 0.01 0.01");
    return contracts
        .map((words) -> words.split(" ", -1))
        .map(
            (of) ->
                ("{'symbol':'%s','contractType':'%s','status':'Trading','baseCoin':'%s',"
                        + "'quoteCoin':'%s','priceFilter':{'tickSize':'%s'},"
                        + "'lotSizeFilter':{'qtyStep':'%s'}}")
                    .formatted((Object[]) of))
        .collect(
            Collectors.joining(
                ",",
                "{'retCode':0,'retMsg':'OK','result':{'category':'" + category + "','list':[",
                "],'nextPageCursor':''},'time':1}"));
  }

  private static String bybitTiers(final String category, final String symbol) {
    final boolean isInverse = category.equals("inverse");
    final int unit = isInverse ? 100 : 1_000_000;
    return ("{'retCode':0,'retMsg':'OK','result':{'category':'%1$s','list':["
            + "{'id':1,'symbol':'%2$s','riskLimitValue':'%3$d','maintenanceMargin':'0.005',"
            + "'initialMargin':'0.01','isLowestRisk':1,'maxLeverage':'100.00','mmDeduction':''},"
            + "{'id':2,'symbol':'%2$s','riskLimitValue':'%4$d','maintenanceMargin':'0.01',"
            + "'initialMargin':'0.02','isLowestRisk':0,'maxLeverage':'50.00',"
            + "'mmDeduction':'%5$s'}],'nextPageCursor':''},'time':1}")
        .formatted(category, symbol, unit, 5 * unit, isInverse ? "0.5" : "5000");
  }

  private static String okxContracts() {
    return Stream.of(
            "BTC-USDT-SWAP linear 0.01 0.1 0.01",
            "ETH-USDT-SWAP linear 0.1 0.01 0.01",
            "BTC-USD-SWAP inverse 100 0.1 1")
        .map((words) -> words.split(" ", -1))
        .map(
            (of) ->
                ("{'instType':'SWAP','instId':'%s','ctType':'%s','ctVal':'%s','ctMult':'1',"
                        + "'tickSz':'%s','lotSz':'%s','state':'live'}")
                    .formatted((Object[]) of))
        .collect(Collectors.joining(",", "{'code':'0','msg':'','data':[", "]}"));
  }

  private static String okxTiers(final String families) {
    return Stream.of(families.split(",", -1))
        .flatMap(
            (family) ->
                Stream.of("1 0 1000 0.004 100", "2 1000.01 5000 0.005 66.66")
                    .map((words) -> (family + " " + words).split(" ", -1)))
        .map(
            (of) ->
                ("{'instFamily':'%1$s','uly':'%1$s','instId':'','tier':'%2$s','minSz':'%3$s',"
                        + "'maxSz':'%4$s','mmr':'%5$s','imr':'0.01','maxLever':'%6$s'}")
                    .formatted((Object[]) of))
        .collect(Collectors.joining(",", "{'code':'0','msg':'','data':[", "]}"));
  }

  private static String hyperliquidMeta() {
    return "{'universe':[{'szDecimals':5,'name':'BTC','maxLeverage':40,'marginTableId':56},"
        + "{'szDecimals':4,'name':'ETH','maxLeverage':25,'marginTableId':25}],"
        + "'marginTables':[[56,{'description':'tiered 40x','marginTiers':["
        + "{'lowerBound':'0.0','maxLeverage':40},"
        + "{'lowerBound':'150000000.0','maxLeverage':20}]}]],'collateralToken':0}";
  }
}
