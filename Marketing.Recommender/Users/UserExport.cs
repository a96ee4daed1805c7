using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;

namespace Marketing.Recommender.Users;

/// <summary>Everything that is known of a user, for the user.</summary>
public sealed class UserExport(IInteractionLog log, ICatalog catalog, IInteractionGraph graph)
{
    private const int PageSize = 500;

    /// <summary>The user's attributes; null when none are stored.</summary>
    public ValueTask<UserProfile?> ProfileAsync(UserId userId, CancellationToken cancellationToken) =>
        catalog.FindUserAsync(userId, cancellationToken);

    /// <summary>What the user did with each campaign, newest first.</summary>
    public ValueTask<IReadOnlyList<CampaignEdge>> EdgesAsync(UserId userId, CancellationToken cancellationToken) =>
        graph.EdgesAsync([userId], int.MaxValue, cancellationToken);

    /// <summary>Every interaction, newest first, texts included.</summary>
    public async IAsyncEnumerable<Interaction> InteractionsAsync(
        UserId userId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await log.ReadUserAsync(userId, cursor, PageSize, cancellationToken);
            foreach (var interaction in page.Items)
            {
                yield return interaction;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }
}
