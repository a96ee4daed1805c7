using Marketing.Domain.Ports;
using Marketing.Stores.InProcess;
using Marketing.Tests.Contracts;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketing.Tests.Stores.InProcess;

/// <summary>An in-process index in its own folder.</summary>
internal sealed class InProcessVectorIndexHost : IVectorIndexHost
{
    private readonly TemporaryFolder _folder = new();
    private readonly VectorSpace _space;
    private readonly VectorIndexOptions _options;

    public InProcessVectorIndexHost(int dimensions, VectorIndexOptions options)
    {
        _space = new VectorSpace("test@1", dimensions);
        _options = options;
        InProcess = Open(_space);
    }

    public InProcessVectorIndex InProcess { get; private set; }

    public IVectorIndex Index => InProcess;

    public InProcessVectorIndex Open(VectorSpace space) => new(_folder.Path, space, _options, NullLogger<InProcessVectorIndex>.Instance);

    public async Task ReopenAsync()
    {
        await InProcess.DisposeAsync();
        InProcess = Open(_space);
    }

    public Task SettleAsync() => InProcess.Training;

    /// <summary>Returns everything on disk.</summary>
    public byte[] Bytes() => _folder.Bytes();

    public async ValueTask DisposeAsync()
    {
        await InProcess.DisposeAsync();
        _folder.Dispose();
    }
}
