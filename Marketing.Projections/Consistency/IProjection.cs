using Marketing.Domain;

namespace Marketing.Projections.Consistency;

/// <summary>
/// State that follows from the log. Applying is idempotent and independent of order, and independent of every other projection.
/// Every method is safe beside every other one, in any number of processes: after writing, a projection looks at the log again,
/// and the log's word is the last.
/// </summary>
public interface IProjection
{
    /// <summary>Its name in addresses, logs and metrics: <c>vectors</c>, <c>graph</c>, <c>engagement</c>.</summary>
    string Name { get; }

    /// <summary>Whether an interaction of this kind can leave a trace here; only those are worth applying.</summary>
    bool Concerns(Interaction interaction);

    /// <summary>
    /// Brings the projection to what the log says of these interactions; any batch, any order, any number of times.
    /// What the log does not hold any more (erased meanwhile, say) is taken out.
    /// </summary>
    Task ApplyAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken);

    /// <summary>Takes a user out, but for what the log holds of them: nothing after an erasure, or what they did since.</summary>
    Task EraseAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>
    /// Rebuilds from the log while serving, whatever is there: afterward it is what a build from nothing gives. What is there is
    /// served until the new is whole, where the store can keep both, and in any case no reader finds a hole.
    /// </summary>
    Task<RebuildReport> RebuildAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Compares every entry's content with what follows from the log, and what the store derives or keeps twice with what it
    /// follows from. Never takes for wrong what is merely not projected yet. When asked to, mends what differs.
    /// </summary>
    /// <param name="repair">Whether to mend.</param>
    /// <param name="full">Also compute anew, for every entry, what only a model can compute; otherwise for a sample, and for all when the sample shows a fault.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    Task<ConsistencyReport> CheckAsync(bool repair, bool full, CancellationToken cancellationToken);
}
