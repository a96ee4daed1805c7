using Marketing.Domain.Ports;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Contracts;

/// <summary>A log and what belongs to it, in one empty store of its own, as an adapter's test class makes it.</summary>
public interface ILogStores : IAsyncDisposable
{
    IInteractionLog Log { get; }

    IInteractionQueue Queue { get; }

    IPersonalData PersonalData { get; }

    IDeadLetters DeadLetters { get; }

    ICatalog Catalog { get; }

    /// <summary>The time the store goes by.</summary>
    FakeTimeProvider Time { get; }

    /// <summary>Closes the store and opens it again, as a restart does.</summary>
    Task ReopenAsync();

    /// <summary>Everything the store has on disk, to be searched for what must not be there; null when it is not ours to see.</summary>
    Task<byte[]?> BytesAsync();
}
