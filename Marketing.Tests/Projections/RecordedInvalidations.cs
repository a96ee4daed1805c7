using System.Collections.Concurrent;
using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Tests.Projections;

/// <summary>Records invalidated users in place of the cache.</summary>
internal sealed class RecordedInvalidations : IAnswerInvalidation
{
    public ConcurrentBag<UserId> Invalidated { get; } = [];

    public int AllInvalidated { get; private set; }

    public ValueTask InvalidateAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        foreach (var user in users)
        {
            Invalidated.Add(user);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask InvalidateAllAsync(CancellationToken cancellationToken)
    {
        AllInvalidated++;
        return ValueTask.CompletedTask;
    }
}
