package io.liqmap.engine.core.state;

/**
 * What a run did, for a replay to compare with. Notionals in the quote asset.
 *
 * @param events events applied
 * @param sequence feed sequence of the last
 * @param time engine time after the last, ns
 * @param stateHash hash of the state after the last
 * @param sweptNotionalLong longs that sweeps took off the maps
 * @param sweptNotionalShort shorts that sweeps took off the maps
 * @param observedLiquidationNotionalLong longs that venues reported liquidated
 * @param observedLiquidationNotionalShort shorts that venues reported liquidated
 * @param gaps holes in the sequence
 * @param rejected messages rejected for an invalid value, unit or length
 */
public record StateReport(
    long events,
    long sequence,
    long time,
    long stateHash,
    double sweptNotionalLong,
    double sweptNotionalShort,
    double observedLiquidationNotionalLong,
    double observedLiquidationNotionalShort,
    long gaps,
    long rejected) {}
