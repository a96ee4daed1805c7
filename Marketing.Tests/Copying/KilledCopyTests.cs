using System.Diagnostics;
using Marketing.Domain.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Copying;

/// <summary>The command, killed like <c>kill -9</c> while it copies.</summary>
public sealed class KilledCopyTests : IAsyncLifetime
{
    private const int Interactions = 6_000;
    private const int Kills = 3;

    private CopyWorld _world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await CopyWorld.CreateAsync();

    public ValueTask DisposeAsync() => _world?.DisposeAsync() ?? default;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_copy_that_is_killed_again_and_again_continues_and_ends_with_the_same_records(bool toMongo)
    {
        await _world.FillAsync(Interactions);
        var data = _world.Data;
        if (!toMongo)
        {
            await _world.ToMongoAsync();
            data = _world.Folder("back");
        }

        using (var target = await _world.OpenAsync(toMongo ? null : data))
        {
            for (var kill = 1; kill <= Kills; kill++)
            {
                using var process = Start(data, toMongo);
                await WaitAsync(target, kill * Interactions / (Kills + 2), process);
                process.Kill();
                await process.WaitForExitAsync(Cancel);
            }
        }

        using var last = Start(data, toMongo);
        var (said, failed) = (last.StandardOutput.ReadToEndAsync(Cancel), last.StandardError.ReadToEndAsync(Cancel));
        await last.WaitForExitAsync(Cancel);

        Assert.True(last.ExitCode == 0, await failed);
        Assert.Contains("Both have the same records.", await said, StringComparison.Ordinal);
    }

    /// <summary>Waits until the target has so many interactions, or the copy has ended.</summary>
    private static async Task WaitAsync(IHost target, long interactions, Process process)
    {
        var log = target.Services.GetRequiredService<IInteractionLog>();
        while (!process.HasExited && (await log.StatisticsAsync(Cancel)).Total < interactions)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), Cancel);
        }
    }

    private Process Start(string data, bool toMongo)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Marketing.Ingest.dll"), "copy", "--to", toMongo ? "mongodb" : "embedded"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Storage__DataDirectory"] = data;
        start.Environment["Storage__Durability"] = "ProcessCrash";
        start.Environment["ConnectionStrings__mongodb"] = _world.Connection;
        return Process.Start(start)!;
    }
}
