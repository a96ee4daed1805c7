using Marketing.Domain.Ports;

namespace Marketing.Tests.Contracts;

/// <summary>An empty graph store, created by an adapter's test class.</summary>
public interface IGraphStore : IAsyncDisposable
{
    IInteractionGraph Graph { get; }

    /// <summary>Closes and reopens the store, like a restart.</summary>
    Task ReopenAsync();
}
