using Marketing.Recommender.Model;

namespace Marketing.Recommender.Ports;

/// <summary>What the law asks of whoever keeps a log of people.</summary>
public interface IPersonalData
{
    /// <summary>Removes every interaction of the user from log and queue, for good.</summary>
    /// <returns>How many interactions were removed.</returns>
    Task<long> EraseAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>Removes the text of up to <paramref name="max"/> chats that occurred before <paramref name="before"/>; the interactions stay.</summary>
    /// <returns>The chats whose text is gone; empty when none was left.</returns>
    Task<IReadOnlyList<EventId>> RedactTextAsync(DateTimeOffset before, int max, CancellationToken cancellationToken);
}
