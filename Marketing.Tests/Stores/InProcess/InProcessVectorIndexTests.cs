using System.Text;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.InProcess;
using Marketing.Tests.Contracts;
using Marketing.VectorIndex;

namespace Marketing.Tests.Stores.InProcess;

/// <summary>The contract while the index still compares every message.</summary>
public sealed class InProcessVectorIndexTests : VectorIndexContract
{
    [Fact]
    public async Task An_index_of_another_space_is_refused_with_both_named()
    {
        await using var host = new InProcessVectorIndexHost(Dimensions, new VectorIndexOptions());
        await host.InProcess.DisposeAsync();

        var error = Assert.Throws<VectorSpaceMismatchException>(() => host.Open(new VectorSpace("other@2", 64)));

        Assert.Equal(("test@1", "other@2"), (error.StoredModel, error.ExpectedModel));
        Assert.Contains("test@1", error.Message, StringComparison.Ordinal);
        Assert.Contains("other@2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_an_erased_user_is_left_on_disk()
    {
        await using var host = new InProcessVectorIndexHost(Dimensions, new VectorIndexOptions());
        await host.Index.UpsertAsync([Message("event-of-the-erased", "the-erased")], TestContext.Current.CancellationToken);
        Assert.NotEqual(-1, host.Bytes().AsSpan().IndexOf(Encoding.UTF8.GetBytes("the-erased")));

        await host.Index.RemoveUserAsync(new UserId("the-erased"), TestContext.Current.CancellationToken);

        Assert.Equal(-1, host.Bytes().AsSpan().IndexOf(Encoding.UTF8.GetBytes("the-erased")));
    }

    protected override Task<IVectorIndexHost> OpenAsync() =>
        Task.FromResult<IVectorIndexHost>(new InProcessVectorIndexHost(Dimensions, new VectorIndexOptions()));
}
