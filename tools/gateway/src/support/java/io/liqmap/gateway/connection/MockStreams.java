package io.liqmap.gateway.connection;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Subscriptions and frames in the forms of the venues. A stream is {@code kind:symbol}. */
enum MockStreams {
  BINANCE("binance-usdm", "/(market|public)/stream.*", "([^=/@]+)@([^/]+)") {
    @Override
    String stream(final MatchResult of) {
      return of.group(2) + ":" + of.group(1).toUpperCase(Locale.ROOT);
    }

    @Override
    String acknowledgement(final String message) {
      return null;
    }

    @Override
    String form(final String kind, final long number) {
      final String data =
          switch (kind) {
            case "aggTrade" ->
                "{'e':'aggTrade','E':$t,'a':$n,'s':'$s','p':'$p','q':'0.$q','nq':'0.$q',"
                    + "'f':$n,'l':$n,'T':$t,'m':$m,'st':1}";
            case "markPrice@1s" ->
                "{'e':'markPriceUpdate','E':$t,'s':'$s','p':'$p','ap':'$p','P':'$p','i':'$p',"
                    + "'r':'0.00010000','T':$f,'st':1}";
            case "forceOrder" ->
                "{'e':'forceOrder','E':$t,'o':{'s':'$s','S':'SELL','o':'LIMIT','f':'IOC',"
                    + "'q':'0.$q','p':'$p','ap':'$p','X':'FILLED','l':'0.001','z':'0.$q','T':$t}}";
            default ->
                "{'e':'bookTicker','u':$n,'s':'$s','b':'$p','B':'1.$q','a':'$a','A':'2.$q',"
                    + "'T':$t,'E':$t,'st':1}";
          };
      return "{'stream':'$w@" + kind + "','data':" + data + "}";
    }
  },

  BYBIT("bybit", "/v5/public/.*", "\"(publicTrade|tickers|allLiquidation)\\.([^\"]+)\"") {
    @Override
    String acknowledgement(final String message) {
      return "{'success':true,'ret_msg':'','conn_id':'x','req_id':'%s','op':'subscribe'}"
          .formatted(message.replaceAll(".*\"req_id\":\"(\\d+)\".*", "$1"));
    }

    @Override
    String form(final String kind, final long number) {
      return switch (kind) {
        case "publicTrade" ->
            "{'topic':'publicTrade.$s','type':'snapshot','ts':$t,'data':[{'T':$t,'s':'$s',"
                + "'S':'$B','v':'$q','p':'$p','L':'PlusTick','i':'trade-$n','BT':false}]}";
        case "allLiquidation" ->
            "{'topic':'allLiquidation.$s','type':'snapshot','ts':$t,'data':[{'T':$t,'s':'$s',"
                + "'S':'$B','v':'$q','p':'$p'}]}";
        default ->
            number == 0
                ? "{'topic':'tickers.$s','type':'snapshot','data':{'symbol':'$s','markPrice':'$p',"
                    + "'indexPrice':'$p','openInterest':'53$q','openInterestValue':'1',"
                    + "'fundingRate':'0.0001','nextFundingTime':'$f','bid1Price':'$p',"
                    + "'bid1Size':'1','ask1Price':'$a','ask1Size':'2'},'cs':$n,'ts':$t}"
                : "{'topic':'tickers.$s','type':'delta','data':{'symbol':'$s','markPrice':'$p',"
                    + "'openInterest':'53$q','bid1Price':'$p','bid1Size':'3','ask1Price':'$a'},"
                    + "'cs':$n,'ts':$t}";
      };
    }

    @Override
    String pong(final String message) {
      return message.contains("\"ping\"")
          ? "{'success':true,'ret_msg':'pong','conn_id':'x','req_id':'','op':'ping'}"
          : null;
    }
  },

  OKX("okx", "/ws/v5/public", "\"channel\":\"([^\"]+)\",\"inst(?:Id|Type)\":\"([^\"]+)\"") {
    @Override
    String acknowledgement(final String message) {
      return null;
    }

    @Override
    String acknowledgementOf(final String stream) {
      return "{'event':'subscribe','arg':" + argument(stream) + ",'connId':'a'}";
    }

    private String argument(final String stream) {
      final String[] parts = stream.split(":", 2);
      return "{'channel':'%s','%s':'%s'}"
          .formatted(parts[0], parts[1].equals("SWAP") ? "instType" : "instId", parts[1]);
    }

    @Override
    String form(final String kind, final long number) {
      final String row =
          switch (kind) {
            case "trades" ->
                "'px':'$p','seqId':$n,'side':'$b','source':'0','count':'1','sz':'$q',"
                    + "'tradeId':'$n'";
            case "mark-price" -> "'instType':'SWAP','markPx':'$p'";
            case "index-tickers" -> "'idxPx':'$p'";
            case "funding-rate" ->
                "'instType':'SWAP','fundingRate':'0.0001','fundingTime':'$f',"
                    + "'nextFundingRate':'','nextFundingTime':'$f'";
            case "open-interest" -> "'instType':'SWAP','oi':'2000$q','oiCcy':'20','oiUsd':'1'";
            case "bbo-tbt" ->
                "'asks':[['$a','$q','0','3']],'bids':[['$p','$q','0','2']],'seqId':$n";
            default -> "";
          };
      return row.isEmpty()
          ? "{'arg':{'channel':'liquidation-orders','instType':'SWAP'},'data':[{'details':["
              + "{'bkLoss':'0','bkPx':'$p','ccy':'','posSide':'long','side':'sell','sz':'$q',"
              + "'ts':'$t'}],'instFamily':'BTC-USDT','instId':'BTC-USDT-SWAP',"
              + "'instType':'SWAP','uly':'BTC-USDT'}]}"
          : "{'arg':{'channel':'"
              + kind
              + "','instId':'$s'},'data':[{'instId':'$s',"
              + row
              + ",'ts':'$t'}]}";
    }

    @Override
    String pong(final String message) {
      return message.equals("ping") ? "pong" : null;
    }
  },

  HYPERLIQUID("hyperliquid", "/ws", "\"type\":\"([^\"]+)\",\"coin\":\"([^\"]+)\"") {
    @Override
    String acknowledgement(final String message) {
      return "{\"channel\":\"subscriptionResponse\",\"data\":" + message + "}";
    }

    @Override
    String form(final String kind, final long number) {
      return switch (kind) {
        case "trades" ->
            "{'channel':'trades','data':[{'coin':'$s','side':'$S','px':'$p','sz':'0.$q',"
                + "'time':$t,'hash':'0x0','tid':$n,'users':['0x1','0x2']}]}";
        case "activeAssetCtx" ->
            "{'channel':'activeAssetCtx','data':{'coin':'$s','ctx':{'funding':'0.0000125',"
                + "'openInterest':'345$q.5','prevDayPx':'1','dayNtlVlm':'1','premium':'0',"
                + "'oraclePx':'$p','markPx':'$p','midPx':'$p','impactPxs':['$p','$a'],"
                + "'dayBaseVlm':'1'}}}";
        default ->
            "{'channel':'bbo','data':{'coin':'$s','time':$t,'bbo':[{'px':'$p','sz':'1.$q','n':3},"
                + "{'px':'$a','sz':'2.$q','n':1}]}}";
      };
    }

    @Override
    String pong(final String message) {
      return message.contains("\"ping\"") ? "{'channel':'pong'}" : null;
    }
  };

  private static final long FUNDING_MILLIS = 28_800_000;

  private final String venue;
  private final Pattern path;
  private final Pattern named;

  MockStreams(final String of, final String at, final String names) {
    venue = of;
    path = Pattern.compile(at);
    named = Pattern.compile(names);
  }

  /** The venue that has a path; null for none. */
  static MockStreams at(final String path) {
    return Stream.of(values())
        .filter((it) -> it.path.matcher(path).matches())
        .findFirst()
        .orElse(null);
  }

  String venue() {
    return venue;
  }

  /** Streams that a path or a message names. */
  List<String> streams(final String text) {
    return named.matcher(text).results().map(this::stream).toList();
  }

  String stream(final MatchResult of) {
    return of.group(1) + ":" + of.group(2);
  }

  /** The answer to a message that subscribes; null for none. */
  abstract String acknowledgement(String message);

  /** The answer to each of its streams; null for none. */
  String acknowledgementOf(final String stream) {
    return null;
  }

  abstract String form(String kind, long number);

  /** The answer to a ping; null to what is none. */
  String pong(final String message) {
    return null;
  }

  /** Frame of this number of a stream: values that move, the time of now. */
  String frame(final String stream, final long number, final SplittableRandom random) {
    final String[] parts = stream.split(":", 2);
    final boolean isLow = parts[1].startsWith("ETH");
    final long price = (isLow ? 2_500 : 80_000) + random.nextLong(isLow ? 20 : 400);
    final long now = System.currentTimeMillis();
    final boolean buys = random.nextBoolean();
    return form(parts[0], number)
        .replace("$s", parts[1])
        .replace("$w", parts[1].toLowerCase(Locale.ROOT))
        .replace("$t", Long.toString(now))
        .replace("$f", Long.toString(now - now % FUNDING_MILLIS + FUNDING_MILLIS))
        .replace("$n", Long.toString(1_000_000 + number))
        .replace("$p", price + ".0")
        .replace("$a", (price + 1) + ".0")
        .replace("$q", Long.toString(100 + random.nextLong(900)))
        .replace("$m", Boolean.toString(!buys))
        .replace("$b", buys ? "buy" : "sell")
        .replace("$B", buys ? "Buy" : "Sell")
        .replace("$S", buys ? "B" : "A")
        .replace('\'', '"');
  }
}
