using System.Net.Http.Json;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Backups;
using Marketing.Tests.Api;
using Marketing.Tests.Contracts;
using Marketing.Tests.Recovery;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Backups;

/// <summary>An erased user does not come back with an older backup.</summary>
public sealed class RestoredErasureTests : IDisposable
{
    private const string Erased = "u-3";

    /// <summary>Keeps the log embedded when the environment names a server for other tests.</summary>
    private static readonly (string Name, string Value) Embedded = ("ConnectionStrings:mongodb", "");

    private readonly BackupWorld _world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_who_was_erased_after_the_backup_is_nowhere_after_a_restore(bool isDiskLost)
    {
        await using (var api = new ApiOnFolder(_world.Data, Embedded, ("Backup:Directory", _world.Backups)))
        {
            using var client = api.CreateClient();
            await api.FillAsync(client, 100);
            using var put = await client.PutAsJsonAsync($"/users/{Erased}", new { segment = "gone" }, Cancel);
            await api.Services.GetRequiredService<IDeadLetters>().AddAsync(
                [new DeadLetter("d-1", "kafka", "not valid", Sample.Noon, null, null, $$"""{"person":"u-3-long-enough","text":"help"}""")], Cancel);
            await api.Services.GetRequiredService<ILogBackup>().RunAsync(null, null, static (_, _) => { }, Cancel);
            foreach (var user in new[] { Erased, "u-3-long-enough" })
            {
                using var erased = await client.DeleteAsync(new Uri($"/users/{user}", UriKind.Relative), Cancel);
                var report = await ApiServer.ReadAsync(erased, 200);
                Assert.Contains("erasureList", report.GetProperty("done").EnumerateArray().Select(step => step.GetString()));
                Assert.Empty(report.GetProperty("remaining").EnumerateArray());
            }
        }

        // The list of a lost disk's erasures is beside the backups; it does not say who was erased.
        Assert.DoesNotContain("u-3", await File.ReadAllTextAsync(Path.Combine(_world.Backups, "erasures.jsonl"), Cancel), StringComparison.Ordinal);
        if (isDiskLost)
        {
            Directory.Delete(_world.Data, recursive: true);
        }

        var restored = await _world.RestoreAsync(_world.Data, replace: !isDiskLost);
        Assert.Equal(2, restored.ErasedUsers);

        await using var again = new ApiOnFolder(_world.Data, Embedded);
        using var asking = again.CreateClient();
        await again.WaitUntilWholeAsync();
        await ApiOnFolder.WaitAsync(async () => (await again.Services.GetRequiredService<IInteractionQueue>().BacklogAsync(Cancel)).Pending == 0);
        await ApiServer.ReadProblemAsync(await asking.GetAsync(new Uri($"/users/{Erased}/export", UriKind.Relative), Cancel), 404);
        Assert.Null(await again.Services.GetRequiredService<ICatalog>().FindUserAsync(new UserId(Erased), Cancel));
        Assert.Empty(await again.Services.GetRequiredService<IVectorIndex>().LatestAsync(new UserId(Erased), 5, Cancel));
        Assert.Empty(await again.Services.GetRequiredService<IInteractionGraph>().EdgesAsync([new UserId(Erased)], 5, Cancel));
        Assert.Equal(0, await again.Services.GetRequiredService<IDeadLetters>().CountAsync(Cancel));
        Assert.Equal(94, (await again.Services.GetRequiredService<IInteractionLog>().StatisticsAsync(Cancel)).Total);

        // Whoever sends the old event again is refused, as before the loss.
        var refused = await ApiServer.ReadAsync(await ApiServer.PostAsync(asking, """
            [{"eventId":"e-3","userId":"u-3","type":"convert","campaignId":"c-3","occurredAt":"2024-10-04T00:00:03Z"}]
            """), 200);
        Assert.Equal(1, refused.GetProperty("erased").GetInt64());
    }

    [Fact]
    public async Task A_user_with_attributes_only_is_erased_too()
    {
        await _world.FillAsync();
        using (var host = BackupWorld.OpenLog(_world.Data))
        {
            await host.Services.GetRequiredService<ICatalog>().PutUserAsync(
                new UserProfile(new UserId("quiet"), new Dictionary<string, string> { ["segment"] = "vip" }), Cancel);
        }

        await _world.BackUpAsync();
        await EraseAsync("quiet");
        await _world.BackUpAsync();

        var first = Directory.GetDirectories(_world.Backups).Order(StringComparer.Ordinal).First();
        var restored = await BackupWorld.RestoreAsync(first, _world.Elsewhere(), replace: false);

        Assert.Equal(1, restored.ErasedUsers);
        using var after = BackupWorld.OpenLog(_world.Elsewhere());
        Assert.Null(await after.Services.GetRequiredService<ICatalog>().FindUserAsync(new UserId("quiet"), Cancel));
    }

    [Fact]
    public async Task A_user_who_came_back_before_the_backup_stays()
    {
        await _world.FillAsync();
        await EraseAsync(Erased);
        using (var host = BackupWorld.OpenLog(_world.Data))
        {
            await host.Services.GetRequiredService<IInteractionLog>().AppendAsync(
                [Sample.Chat("new life", Erased) with { OccurredAt = DateTimeOffset.UtcNow.AddMinutes(1) }], Cancel);
        }

        await _world.BackUpAsync();
        var restored = await _world.RestoreAsync(_world.Elsewhere());

        Assert.Equal(0, restored.ErasedUsers);
        using var after = BackupWorld.OpenLog(_world.Elsewhere());
        var left = await after.Services.GetRequiredService<IInteractionLog>().ReadUserAsync(new UserId(Erased), null, 10, Cancel);
        Assert.Equal("new life", Assert.Single(left.Items).Id.Value);
    }

    [Fact]
    public async Task A_line_that_a_crash_has_cut_off_does_not_hide_the_others()
    {
        await _world.FillAsync();
        await _world.BackUpAsync();
        await File.AppendAllTextAsync(Path.Combine(_world.Backups, "erasures.jsonl"), """{"log":"x","us""", Cancel);
        await EraseAsync(Erased);
        await _world.BackUpAsync();

        var first = Directory.GetDirectories(_world.Backups).Order(StringComparer.Ordinal).First();
        var restored = await BackupWorld.RestoreAsync(first, _world.Elsewhere(), replace: false);

        Assert.Equal(1, restored.ErasedUsers);
    }

    /// <summary>Erases from the log alone, as if nothing else knew the user.</summary>
    private async Task EraseAsync(string user)
    {
        using var host = BackupWorld.OpenLog(_world.Data);
        await host.Services.GetRequiredService<ICatalog>().DeleteUserAsync(new UserId(user), Cancel);
        await host.Services.GetRequiredService<IPersonalData>().EraseAsync(new UserId(user), Cancel);
        await host.Services.GetRequiredService<IDeadLetters>().EraseAsync(new UserId(user), Cancel);
    }
}
