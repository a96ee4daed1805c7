using Confluent.Kafka;
using Marketing.Tests.Recommendations;
using Marketing.Tests.Servers;
using Marketing.Tests.Stores.Sqlite;

namespace Marketing.Tests.Stores.Kafka;

public sealed class KafkaGroupTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_workers_share_the_partitions_and_when_one_leaves_the_other_goes_on()
    {
        await using var topics = await KafkaTopics.CreateAsync(partitions: 6);
        using var folder = new TemporaryFolder();
        int ours = 0, theirs = 0;
        await using var stays = await KafkaWorker.StartAsync(topics, folder, () => { Interlocked.Increment(ref ours); return Health.Well; });
        await using (await KafkaWorker.StartAsync(
            topics, folder, () => { Interlocked.Increment(ref theirs); return Health.Well; }, ("Kafka:BatchSize", "10")))
        {
            await Shared(topics, 3, 3);
            await ProduceAsync(topics, 0, 1_000);
            await Eventually.TrueAsync("both take part", () => Task.FromResult(Volatile.Read(ref ours) > 0 && Volatile.Read(ref theirs) > 0));
            await ProduceAsync(topics, 1_000, 1_000);
        }

        await ProduceAsync(topics, 2_000, 1_000);
        await Committed(topics, 3_000);
        await Shared(topics, 6);
        Assert.Equal(3_000, await stays.CountAsync());
    }

    [Fact]
    public async Task What_a_worker_had_read_that_died_is_read_by_the_other()
    {
        await using var topics = await KafkaTopics.CreateAsync(partitions: 6);
        using var folder = new TemporaryFolder();
        await using var worker = await KafkaWorker.StartAsync(topics, folder);
        using (var dies = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = topics.Servers,
            GroupId = topics.Group,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
            SessionTimeoutMs = 6_000,
        }).Build())
        {
            dies.Subscribe(topics.Topic);
            await Eventually.TrueAsync("it has its share", () => Task.FromResult(dies.Consume(50) is null && dies.Assignment.Count == 3));
            await ProduceAsync(topics, 0, 1_000);
            Assert.NotNull(dies.Consume(Cancel));
        } // Disposing alone does not leave the group.

        await Committed(topics, 1_000);
        Assert.Equal(1_000, await worker.CountAsync());
    }

    [Fact]
    public async Task Partitions_that_come_and_go_while_the_log_is_down_lose_nothing()
    {
        await using var topics = await KafkaTopics.CreateAsync(partitions: 6);
        using var folder = new TemporaryFolder();
        await ProduceAsync(topics, 0, 1_000);
        var down = true;
        await using var stays = await KafkaWorker.StartAsync(
            topics, folder, () => Volatile.Read(ref down) ? Health.Throws : Health.Well, ("Kafka:BatchSize", "50"));
        await Shared(topics, 6);
        await using (await KafkaWorker.StartAsync(topics, folder, () => Volatile.Read(ref down) ? Health.Throws : Health.Well))
        {
            await Shared(topics, 3, 3);
            await ProduceAsync(topics, 1_000, 1_000);
        }

        await Shared(topics, 6);
        Assert.Equal(0, await topics.CommittedAsync());
        Volatile.Write(ref down, false);
        await Committed(topics, 2_000);
        Assert.Equal(2_000, await stays.CountAsync());
    }

    /// <summary>Produces chats of as many users, so that every partition gets some.</summary>
    private static Task ProduceAsync(KafkaTopics topics, int from, int count) => topics.ProduceAsync(Enumerable.Range(from, count).Select(n =>
        ($"u-{n}", $$"""{"eventId":"e-{{n}}","userId":"u-{{n}}","type":"chat","text":"message {{n}}"}""")));

    private static Task Shared(KafkaTopics topics, params int[] shares) =>
        Eventually.TrueAsync($"the members have {string.Join(" and ", shares)} partitions", async () => shares.SequenceEqual(await topics.SharesAsync()));

    private static Task Committed(KafkaTopics topics, long count) =>
        Eventually.TrueAsync($"{count} messages are committed", async () => await topics.CommittedAsync() == count);
}
