package io.liqmap.tools.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Accounts with a position of the symbol, as of the last snapshot that has them; over all files.
 *
 * <p>An account that a snapshot has without the symbol has closed its position; one that a snapshot
 * lacks is unknown there, and stays.
 */
final class PositionAccounts {
  private final Set<Long> open = new TreeSet<>();

  /**
   * Ends a snapshot.
   *
   * @param accounts all that it has
   * @param holders those of them with a position of the symbol
   * @return accounts that have closed their positions, in rising order
   */
  List<Long> closed(final Set<Long> accounts, final Set<Long> holders) {
    final List<Long> closed = new ArrayList<>();
    for (final Long account : open) {
      if (accounts.contains(account) && !holders.contains(account)) {
        closed.add(account);
      }
    }
    open.removeAll(closed);
    open.addAll(holders);
    return closed;
  }
}
