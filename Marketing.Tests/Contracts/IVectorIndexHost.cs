using Marketing.Domain.Ports;

namespace Marketing.Tests.Contracts;

/// <summary>An empty vector index, created by an adapter's test class.</summary>
public interface IVectorIndexHost : IAsyncDisposable
{
    IVectorIndex Index { get; }

    /// <summary>Closes and reopens the index, like a restart.</summary>
    Task ReopenAsync();

    /// <summary>Waits until searches see all writes.</summary>
    Task SettleAsync();
}
