using System.Runtime.CompilerServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;

namespace Marketing.Projections.Users;

/// <summary>Exports all data about a user.</summary>
public sealed class UserExport(IInteractionLog log, ICatalog catalog, IInteractionGraph graph, IDeadLetters deadLetters)
{
    /// <summary>Returns the user's attributes; null if none are stored.</summary>
    public ValueTask<UserProfile?> ProfileAsync(UserId userId, CancellationToken cancellationToken) =>
        catalog.FindUserAsync(userId, cancellationToken);

    /// <summary>Returns the user's edges, newest first.</summary>
    public ValueTask<IReadOnlyList<CampaignEdge>> EdgesAsync(UserId userId, CancellationToken cancellationToken) =>
        graph.EdgesAsync([userId], int.MaxValue, cancellationToken);

    /// <summary>Returns the user's dead letters.</summary>
    public Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(UserId userId, CancellationToken cancellationToken) =>
        deadLetters.OfUserAsync(userId, cancellationToken);

    /// <summary>Returns every interaction, newest first, including texts.</summary>
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
