using System.Reflection;
using Marketing.Projections;
using Marketing.Recommendations;
using Marketing.Stores;
using Marketing.VectorIndex;
using Microsoft.Extensions.Logging;

namespace Marketing.Tests.Architecture;

/// <summary>An event id means one message: an operator may filter or alert by it.</summary>
public sealed class LogEventTests
{
    /// <summary>The thousand of each project.</summary>
    private static readonly (Assembly Project, int Thousand)[] Ranges =
    [
        (typeof(Program).Assembly, 1),
        (typeof(IRecommender).Assembly, 2),
        (typeof(ProjectionHost).Assembly, 3),
        (typeof(ProjectionRegistration).Assembly, 4),
        (typeof(EmbeddedVectorIndex).Assembly, 6),
    ];

    [Fact]
    public void Each_message_has_an_event_id_of_its_own_in_the_range_of_its_project()
    {
        var messages = Ranges.SelectMany(range => MessagesOf(range.Project).Select(message => (message.Id, message.Name, range.Thousand))).ToList();

        Assert.True(messages.Count > 40, "the messages are not found");
        Assert.Empty(messages.GroupBy(message => message.Id).Where(group => group.Count() > 1).Select(group => string.Join(" = ", group)));
        Assert.All(messages, message => Assert.True(message.Id / 1000 == message.Thousand, $"{message.Name} has {message.Id}, not {message.Thousand}xxx"));
    }

    private static IEnumerable<(int Id, string Name)> MessagesOf(Assembly project) =>
        from type in project.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        let message = method.GetCustomAttribute<LoggerMessageAttribute>()
        where message is not null
        select (message.EventId, $"{type.FullName}.{method.Name}");
}
