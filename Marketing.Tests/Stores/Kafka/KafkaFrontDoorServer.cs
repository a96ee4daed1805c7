using Marketing.Stores.Kafka;
using Marketing.Tests.Api;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Stores.Kafka;

/// <summary>The API with Kafka in front of its log.</summary>
internal sealed class KafkaFrontDoorServer(string servers, params (string Setting, string Value)[] settings) : ApiServer
{
    /// <summary>On topics of their own. <paramref name="consumes"/>: the consumer runs in the same process.</summary>
    public static KafkaFrontDoorServer On(KafkaTopics topics, bool consumes = true) =>
        new(topics.Servers, ("Kafka:Topic", topics.Topic), ("Kafka:DeadLetterTopic", topics.DeadLetterTopic), ("Kafka:Group", topics.Group))
        {
            Consumes = consumes,
        };

    public bool Consumes { get; init; } = true;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("ConnectionStrings:kafka", servers);
        builder.UseSetting("Kafka:FrontDoor", "true");
        foreach (var (setting, value) in settings)
        {
            builder.UseSetting(setting, value);
        }

        if (!Consumes)
        {
            // As with a worker, which then hosts the consumer; and without the look at the broker when the process starts.
            builder.ConfigureTestServices(services =>
            {
                foreach (var hosted in services.Where(service => service.ServiceType == typeof(IHostedService)
                    && service.ImplementationType?.Namespace == typeof(KafkaRegistration).Namespace).ToList())
                {
                    services.Remove(hosted);
                }
            });
        }
    }
}
