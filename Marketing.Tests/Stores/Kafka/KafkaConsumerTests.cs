using System.Text;
using Marketing.Domain.Ports;
using Marketing.Tests.Recommendations;
using Marketing.Tests.Servers;
using Marketing.Tests.Stores.Sqlite;

namespace Marketing.Tests.Stores.Kafka;

public sealed class KafkaConsumerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_message_is_in_the_log_once_and_only_then_committed()
    {
        await using var topics = await KafkaTopics.CreateAsync();
        using var folder = new TemporaryFolder();
        await topics.ProduceChatsAsync(0, 1_000);
        await using var worker = await KafkaWorker.StartAsync(topics, folder);
        await Committed(topics, 1_000);
        Assert.Equal(Ids(0, 1_000), (await worker.InteractionsAsync()).Select(interaction => interaction.Id.Value).Order(StringComparer.Ordinal));
        Assert.Equal(1_000, (await worker.Queue.BacklogAsync(Cancel)).Pending);
    }

    [Fact]
    public async Task A_message_that_comes_again_is_counted_once()
    {
        await using var topics = await KafkaTopics.CreateAsync();
        using var folder = new TemporaryFolder();
        for (int round = 0; round < 3; round++)
        {
            await topics.ProduceChatsAsync(0, 50);
        }

        await using var worker = await KafkaWorker.StartAsync(topics, folder);
        await Committed(topics, 150);
        Assert.Equal(50, await worker.CountAsync());
    }

    [Fact]
    public async Task A_message_without_a_time_has_that_of_its_arrival_whenever_it_is_read()
    {
        await using var topics = await KafkaTopics.CreateAsync();
        using var folder = new TemporaryFolder();
        await topics.ProduceAsync([("u-1", """{"userId":"u-1","type":"chat","text":"hello"}""")]);
        var produced = DateTimeOffset.UtcNow;
        await using var worker = await KafkaWorker.StartAsync(topics, folder);
        await Committed(topics, 1);
        Assert.True(Assert.Single(await worker.InteractionsAsync()).OccurredAt <= produced);
    }

    [Fact]
    public async Task What_cannot_be_read_is_set_aside_with_its_reason_and_holds_nothing_up()
    {
        await using var topics = await KafkaTopics.CreateAsync();
        using var folder = new TemporaryFolder();
        await topics.ProduceAsync([("u-1", "no json"), ("u-2", """{"eventId":"e","userId":"u-2","type":"view"}"""), ("u-3", "")]);
        await topics.ProduceChatsAsync(0, 10);
        await using var worker = await KafkaWorker.StartAsync(topics, folder);
        await Committed(topics, 13);
        Assert.Equal(10, await worker.CountAsync());

        var letters = (await worker.DeadLetters.ListAsync(null, 10, Cancel)).Items;
        Assert.Equal(["", "no json", """{"eventId":"e","userId":"u-2","type":"view"}"""], letters.Select(letter => letter.Payload).Order(StringComparer.Ordinal));
        Assert.All(letters, letter => Assert.Equal("kafka", letter.Source));

        var copies = topics.ReadDeadLetters(3);
        Assert.Equal(["u-1", "u-2", "u-3"], copies.Select(copy => copy.Message.Key).Order(StringComparer.Ordinal));
        var view = copies.Single(copy => copy.Message.Key == "u-2").Message;
        Assert.Equal("""{"eventId":"e","userId":"u-2","type":"view"}""", view.Value);
        Assert.Equal("campaignId", Header("field"));
        Assert.Equal(letters.Single(letter => letter.UserId?.Value == "u-2").Error, Header("reason"));
        Assert.StartsWith(topics.Topic + "/", Header("source"), StringComparison.Ordinal);

        string Header(string name) => Encoding.UTF8.GetString(view.Headers.GetLastBytes(name));
    }

    [Fact]
    public async Task A_message_whose_id_belongs_to_another_interaction_is_set_aside()
    {
        await using var topics = await KafkaTopics.CreateAsync();
        using var folder = new TemporaryFolder();
        const string Other = """{"eventId":"e","userId":"u","type":"chat","text":"two"}""";
        await topics.ProduceAsync([("u", """{"eventId":"e","userId":"u","type":"chat","text":"one"}"""), ("u", Other)]);
        await using var worker = await KafkaWorker.StartAsync(topics, folder);
        await Committed(topics, 2);
        Assert.Equal("one", Assert.Single(await worker.InteractionsAsync()).Text);
        Assert.Equal(Other, Assert.Single((await worker.DeadLetters.ListAsync(null, 10, Cancel)).Items).Payload);
    }

    [Fact]
    public async Task A_restart_loses_nothing_and_reads_nothing_again_that_was_committed()
    {
        await using var topics = await KafkaTopics.CreateAsync();
        using var folder = new TemporaryFolder();
        await topics.ProduceChatsAsync(0, 200);
        await using (await KafkaWorker.StartAsync(topics, folder))
        {
            await Committed(topics, 200);
        }

        await topics.ProduceChatsAsync(200, 100);

        // Use an empty log, so that anything read again would show.
        using var empty = new TemporaryFolder();
        await using var worker = await KafkaWorker.StartAsync(topics, empty);
        await Committed(topics, 300);
        Assert.Equal(Ids(200, 100), (await worker.InteractionsAsync()).Select(interaction => interaction.Id.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_committed_or_lost_while_the_log_is_down()
    {
        await using var topics = await KafkaTopics.CreateAsync();
        using var folder = new TemporaryFolder();
        await topics.ProduceChatsAsync(0, 300);
        int attempts = 0;
        await using var worker = await KafkaWorker.StartAsync(topics, folder, () => ++attempts <= 3 ? Health.Throws : Health.Well, ("Kafka:BatchSize", "50"));
        await Committed(topics, 300);
        Assert.Equal(300, await worker.CountAsync());
        Assert.InRange(attempts, 4, int.MaxValue);
    }

    [Fact]
    public async Task A_worker_that_stops_while_the_log_is_down_leaves_its_messages_to_the_next()
    {
        await using var topics = await KafkaTopics.CreateAsync();
        using var folder = new TemporaryFolder();
        await topics.ProduceChatsAsync(0, 100);
        var asked = new TaskCompletionSource();
        await using (await KafkaWorker.StartAsync(topics, folder, () => { asked.TrySetResult(); return Health.Throws; }))
        {
            await asked.Task.WaitAsync(Cancel);
        }

        Assert.Equal(0, await topics.CommittedAsync());
        await using var worker = await KafkaWorker.StartAsync(topics, folder);
        await Committed(topics, 100);
        Assert.Equal(100, await worker.CountAsync());
    }

    [Fact]
    public async Task It_takes_no_more_in_while_the_projections_are_too_far_behind()
    {
        await using var topics = await KafkaTopics.CreateAsync();
        using var folder = new TemporaryFolder();
        await topics.ProduceChatsAsync(0, 500);
        await using var worker = await KafkaWorker.StartAsync(topics, folder, null, ("Kafka:BatchSize", "20"), ("Kafka:MaxPending", "100"));
        long done = 0;
        while (done < 500)
        {
            var claimed = await worker.Queue.ClaimAsync(30, TimeSpan.FromMinutes(1), Cancel);
            Assert.InRange((await worker.Queue.BacklogAsync(Cancel)).Pending, 0, 120);
            await worker.Queue.CompleteAsync([.. claimed.Select(pending => pending.Interaction.Id)], Cancel);
            done += claimed.Count;
            await Eventually.TrueAsync("more is taken in", async () => done == 500 || (await worker.Queue.BacklogAsync(Cancel)).Pending > 0);
        }

        Assert.Equal(500, await worker.CountAsync());
    }

    private static Task Committed(KafkaTopics topics, long count) =>
        Eventually.TrueAsync($"{count} messages are committed", async () => await topics.CommittedAsync() == count);

    private static IEnumerable<string> Ids(int from, int count) =>
        Enumerable.Range(from, count).Select(n => $"e-{n}").Order(StringComparer.Ordinal);
}
