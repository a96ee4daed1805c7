using System.Runtime.CompilerServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;

namespace Marketing.Projections.Users;

/// <summary>Everything that is known of a user, for the user.</summary>
public sealed class UserExport(IInteractionLog log, ICatalog catalog, IInteractionGraph graph, IDeadLetters deadLetters)
{
    /// <summary>The user's attributes; null when none are stored.</summary>
    public ValueTask<UserProfile?> ProfileAsync(UserId userId, CancellationToken cancellationToken) =>
        catalog.FindUserAsync(userId, cancellationToken);

    /// <summary>What the user did with each campaign, newest first.</summary>
    public ValueTask<IReadOnlyList<CampaignEdge>> EdgesAsync(UserId userId, CancellationToken cancellationToken) =>
        graph.EdgesAsync([userId], int.MaxValue, cancellationToken);

    /// <summary>What could not be taken in or projected, and concerns the user.</summary>
    public Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(UserId userId, CancellationToken cancellationToken) =>
        deadLetters.OfUserAsync(userId, cancellationToken);

    /// <summary>Every interaction, newest first, texts included.</summary>
    public async IAsyncEnumerable<Interaction> InteractionsAsync(
        UserId userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in log.UserPagesAsync(userId, cancellationToken))
        {
            foreach (var interaction in page)
            {
                yield return interaction;
            }
        }
    }
}
