using System.Runtime.CompilerServices;
using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Projections.Consistency;

/// <summary>Log queries shared by the projections.</summary>
internal static class LogExtensions
{
    private const int PageSize = 500;

    /// <summary>Returns the ids that are not in the log.</summary>
    public static async Task<IReadOnlyList<EventId>> MissingAsync(
        this IInteractionLog log, IReadOnlyList<EventId> ids, CancellationToken cancellationToken)
    {
        var found = await log.FindAsync(ids, cancellationToken);
        if (found.Count == ids.Count)
        {
            return [];
        }

        var held = found.Select(interaction => interaction.Id).ToHashSet();
        return [.. ids.Where(id => !held.Contains(id)).Distinct()];
    }

    /// <summary>Returns all of a user's interactions, newest first, page by page.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<Interaction>> UserPagesAsync(
        this IInteractionLog log, UserId userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await log.ReadUserAsync(userId, cursor, PageSize, cancellationToken);
            yield return page.Items;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }
}
