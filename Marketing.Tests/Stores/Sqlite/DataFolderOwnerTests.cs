using Marketing.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Stores.Sqlite;

/// <summary>Which processes may use the embedded stores in a folder.</summary>
public sealed class DataFolderOwnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_process_on_the_same_embedded_stores_ends_with_a_sentence()
    {
        using var first = Build("00:00:00");
        await first.StartAsync(Cancel);
        using var second = Build("00:00:00");
        var error = await Assert.ThrowsAsync<StoreStartupException>(() => second.StartAsync(Cancel));
        Assert.StartsWith($"Storage:DataDirectory is {_folder.Path}, which another process has open", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_waits_for_the_process_before_it_to_end()
    {
        using var second = Build("00:00:30");
        Task taking;
        using (var first = Build("00:00:00"))
        {
            await first.StartAsync(Cancel);
            taking = second.TakeDataFolderAsync(Cancel);
            Assert.False(taking.IsCompleted);
            await first.StopAsync(Cancel);
        }

        await taking;
        await second.StartAsync(Cancel);
    }

    private IHost Build(string timeout)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
        [
            KeyValuePair.Create("Storage:DataDirectory", (string?)_folder.Path),
            KeyValuePair.Create("Storage:OwnerTimeout", (string?)timeout),
        ]);
        builder.AddMarketingStores();
        return builder.Build();
    }
}
