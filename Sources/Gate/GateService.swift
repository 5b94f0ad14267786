/// Placeholder of the room.
enum GateService {}
