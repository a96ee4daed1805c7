using Marketing.Domain.Ports;
using Marketing.Stores;
using Marketing.Stores.InProcess;
using Marketing.Tests.Contracts;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketing.Tests.Stores.InProcess;

/// <summary>Vectors made with different text normalization rules are not comparable, even from the same model.</summary>
public sealed class ReadingRulesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task An_index_whose_texts_were_read_by_former_rules_starts_empty_to_be_filled_again()
    {
        var former = new InProcessVectorIndex(
            _folder.Path, new VectorSpace("marketing-static-256@1", 256), new VectorIndexOptions(), NullLogger<InProcessVectorIndex>.Instance);
        await former.UpsertAsync(
            [new MessageVector(new("e"), new("u"), null, Sample.Noon, new float[256], ReadOnlyMemory<uint>.Empty)],
            TestContext.Current.CancellationToken);
        Assert.Equal(1, await former.CountAsync(TestContext.Current.CancellationToken));
        await former.DisposeAsync();

        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public void The_space_of_a_model_is_told_from_that_of_former_rules_and_a_cached_vector_from_neither()
    {
        var space = VectorSpace.Of("model", 8);

        Assert.NotEqual(new VectorSpace("model", 8), space);
        Assert.Equal(new VectorSpace("model", 8), space.OfModel);
        Assert.Equal(new VectorSpace("model", 8), space.OfModel.OfModel);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<long> CountAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);

        // Only the index is there, without the log it was filled from.
        builder.Configuration.AddInMemoryCollection([new("Storage:DataDirectory", _folder.Path), new("Storage:AcceptLogLoss", "true")]);
        builder.Services.AddLogging();
        builder.AddMarketingStores();
        using var host = builder.Build();
        return await host.Services.GetRequiredService<IVectorIndex>().CountAsync(TestContext.Current.CancellationToken);
    }
}
