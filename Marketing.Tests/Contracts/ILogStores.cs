using Marketing.Domain.Ports;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Contracts;

/// <summary>An empty log and its related stores, created by an adapter's test class.</summary>
public interface ILogStores : IAsyncDisposable
{
    IInteractionLog Log { get; }

    IInteractionQueue Queue { get; }

    IPersonalData PersonalData { get; }

    IDeadLetters DeadLetters { get; }

    ICatalog Catalog { get; }

    IAuditTrail Audit { get; }

    /// <summary>The store's clock.</summary>
    FakeTimeProvider Time { get; }

    /// <summary>Closes and reopens the store, like a restart.</summary>
    Task ReopenAsync();

    /// <summary>Returns everything the store has on disk, to search for erased data; null if the files are not accessible.</summary>
    Task<byte[]?> BytesAsync();
}
